using System.CommandLine;
using Hpo.Interop.Reporting.Snapshots;

namespace Hpo.Interop.Reporting.Commands;

/// <summary>Adds to a report what a study's model is worth: for programs that can train it.</summary>
internal interface IReportEvaluation
{
    /// <summary>The options that ask for it.</summary>
    IReadOnlyList<Option> Options { get; }

    /// <summary>The evaluation, or null where none is asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="study">The study.</param>
    /// <param name="cancellation">Ends it.</param>
    EvaluationSnapshot? Run(ParseResult parsed, StudyContents study, CancellationToken cancellation);
}
