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

/// <param name="Name">The new study's name.</param>
/// <param name="Directions">"minimize" or "maximize", for each objective.</param>
internal sealed record CreateRequest(string Name, string[] Directions);

/// <param name="Study">The study's name.</param>
/// <param name="Name">Its new name.</param>
internal sealed record RenameRequest(string Study, string Name);

/// <param name="Study">The study's name.</param>
/// <param name="Confirmed">The name once more, as a person typed it.</param>
internal sealed record DeleteRequest(string Study, string Confirmed);
