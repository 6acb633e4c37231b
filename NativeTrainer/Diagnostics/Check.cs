using System.Text.Json.Serialization;

namespace Hpo.NativeTrainer.Diagnostics;

/// <summary>One thing that was checked.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Ok">Whether it can be used.</param>
/// <param name="Finding">What was found, with the remedy where something is wrong.</param>
/// <param name="ExitCode">The exit code where it is wrong.</param>
internal sealed record Check(string Name, bool Ok, string Finding, [property: JsonIgnore] int ExitCode = 0);
