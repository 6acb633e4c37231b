using Hpo.Interop.Glue;

namespace Hpo.Interop.Terminators;

/// <summary>Stops the study when a terminator says so. Optuna's <c>TerminatorCallback</c>, since 3.2.</summary>
/// <param name="Terminator">The terminator; null (the default) for one with default options.</param>
public sealed record TerminatorCallback(Terminator? Terminator = null) : StudyCallback
{
    internal override string Module => "terminator";

    internal override string ClassName => "TerminatorCallback";

    internal override void Describe(ComponentArguments arguments) => arguments.AddComponent("terminator", Terminator);
}
