using Hpo.Interop.Bridge;
using Hpo.Interop.Glue;

namespace Hpo.Interop.Pruners;

/// <summary>Lets a study, or another pruner, use a pruner written in C#.</summary>
/// <param name="Implementation">The pruner. Studies that are given the same object share it.</param>
public sealed record CustomPruner(IPruner Implementation) : Pruner
{
    internal override string ClassName => nameof(CustomPruner);

    internal override PythonValue Build(GlueLibrary glue) => glue.Custom.Call("pruner", glue.Bridge.CreateCallback(arguments =>
    {
        using var study = new Study(glue, arguments[0].AsHandle());
        return Implementation.Prune(study, FrozenTrials.FromPython(arguments[1]));
    }));
}
