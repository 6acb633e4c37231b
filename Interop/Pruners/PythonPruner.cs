using Hpo.Interop.Bridge;
using Hpo.Interop.Bridge.PythonNet;
using Hpo.Interop.Glue;

namespace Hpo.Interop.Pruners;

/// <summary>A pruner that Python code made.</summary>
internal sealed record PythonPruner : Pruner
{
    private readonly TakenObject _pruner;

    public PythonPruner(TakenObject pruner) => _pruner = pruner;

    /// <summary>Its Python class, with the module.</summary>
    public string Class => _pruner.ClassName;

    internal override string ClassName => Class;

    internal override PythonValue Build(GlueLibrary glue) => _pruner.Handle;
}
