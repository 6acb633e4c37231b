using Hpo.Interop.Bridge;
using Hpo.Interop.Bridge.PythonNet;
using Hpo.Interop.Glue;

namespace Hpo.Interop.Storages;

/// <summary>A storage that Python code made.</summary>
internal sealed record PythonStorage : Storage
{
    private readonly TakenObject _storage;

    public PythonStorage(TakenObject storage) => _storage = storage;

    /// <summary>Its Python class, with the module.</summary>
    public string Class => _storage.ClassName;

    internal override PythonValue Open(GlueLibrary glue) => _storage.Handle;
}
