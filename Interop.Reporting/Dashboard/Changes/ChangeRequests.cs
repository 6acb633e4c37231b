using System.Text.Json;

namespace Hpo.Interop.Reporting.Dashboard.Changes;

/// <param name="Study">The study's name.</param>
/// <param name="Trial">The trial's number; null for the study.</param>
/// <param name="Version">One more than that of the note that was edited.</param>
/// <param name="Body">The note's Markdown.</param>
internal sealed record NoteRequest(string Study, int? Trial, long Version, string Body);

/// <param name="Study">The study's name.</param>
/// <param name="Params">Parameters by name: a number, or the index of a choice.</param>
internal sealed record EnqueueRequest(string Study, Dictionary<string, JsonElement> Params);

/// <param name="Study">The study's name.</param>
/// <param name="Trial">The trial's number.</param>
internal sealed record FailRequest(string Study, int Trial);

/// <param name="Study">The study's name.</param>
/// <param name="Trial">The trial's number.</param>
/// <param name="Values">One value for each objective.</param>
internal sealed record CompleteRequest(string Study, int Trial, double[] Values);

/// <param name="Study">The study's name.</param>
/// <param name="Trial">The trial's number.</param>
/// <param name="Fields">What was given, by the keys of the form's fields: a number or a text for each.</param>
internal sealed record FormRequest(string Study, int Trial, Dictionary<string, JsonElement> Fields);

/// <param name="Study">The study's name.</param>
/// <param name="Candidates">The numbers of the trials that were compared.</param>
/// <param name="Worst">Which of them is the worst.</param>
internal sealed record WorstRequest(string Study, int[] Candidates, int Worst);

/// <param name="Study">The study's name.</param>
/// <param name="Trial">The trial's number.</param>
internal sealed record SkipRequest(string Study, int Trial);

/// <param name="Study">The study's name.</param>
/// <param name="Choice">The id of what was chosen.</param>
internal sealed record ChoiceRequest(string Study, string Choice);

/// <param name="Study">The study's name.</param>
/// <param name="ArtifactKey">The user attribute that names a trial's artifact; null for its note.</param>
internal sealed record JudgedByRequest(string Study, string? ArtifactKey);

/// <param name="Name">The new study's name.</param>
/// <param name="Directions">"minimize" or "maximize", for each objective.</param>
internal sealed record CreateRequest(string Name, string[] Directions);

/// <param name="Study">The study's name.</param>
/// <param name="Name">Its new name.</param>
internal sealed record RenameRequest(string Study, string Name);

/// <param name="Study">The study's name.</param>
/// <param name="Confirmed">The name once more, as a person typed it.</param>
internal sealed record DeleteRequest(string Study, string Confirmed);
