using Hpo.Interop.Engine;
using Hpo.Interop.Glue;

namespace Hpo.Interop.Pruners;

/// <summary>A pruner that Python code made.</summary>
internal sealed record PythonPruner : Pruner
{
    private readonly PythonHandle _pruner;

    public PythonPruner(PythonHandle pruner, GlueLibrary glue)
    {
        _pruner = pruner;
        Class = glue.Components.Call("class_name", pruner).AsString();
    }

    /// <summary>Its Python class, with the module.</summary>
    public string Class { get; }

    internal override string ClassName => Class;

    internal override void Describe(ComponentArguments arguments)
    {
    }

    internal override PythonValue Build(GlueLibrary glue) => _pruner;
}
