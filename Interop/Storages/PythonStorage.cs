using Hpo.Interop.Engine;
using Hpo.Interop.Glue;

namespace Hpo.Interop.Storages;

/// <summary>A storage that Python code made.</summary>
internal sealed record PythonStorage : Storage
{
    private readonly PythonHandle _storage;

    public PythonStorage(PythonHandle storage, GlueLibrary glue)
    {
        _storage = storage;
        Class = glue.Components.Call("class_name", storage).AsString();
    }

    /// <summary>Its Python class, with the module.</summary>
    public string Class { get; }

    internal override PythonValue Open(GlueLibrary glue) => _storage;
}
