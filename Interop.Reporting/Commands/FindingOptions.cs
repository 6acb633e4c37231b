using System.CommandLine;
using Hpo.Interop.Reporting.CommandLine;
using Hpo.Interop.Reporting.Snapshots;

namespace Hpo.Interop.Reporting.Commands;

/// <summary>The options that say what Optuna computes of a study.</summary>
internal static class FindingOptions
{
    /// <summary>How importances are found.</summary>
    public static Option<string> Importance() => CommonOptions.OneOf(
        "--importance",
        "How the importance of parameters is found; auto is each one that is fast enough, Optuna's default first",
        ImportanceFinder.Names,
        ImportanceFinder.Automatic);

    /// <summary>How it is estimated what could still be gained.</summary>
    public static Option<string> Terminator() => CommonOptions.OneOf(
        "--terminator",
        "What estimates how much better the study may still become (Optuna 3.4; regret-bound and emmr need Python's torch, and seconds to minutes)",
        TerminatorFinder.Names,
        TerminatorFinder.None);

    /// <summary>What was asked for. Where it is not known yet whether Optuna is needed, <paramref name="start"/> starts it.</summary>
    public static StudyFindings Of(ParseResult parsed, Option<string> importance, Option<string> terminator, Action? start = null) =>
        new(new ImportanceFinder(parsed.GetValue(importance)!, start), new TerminatorFinder(parsed.GetValue(terminator)!, start));
}
