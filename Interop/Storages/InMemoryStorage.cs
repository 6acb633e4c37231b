using Hpo.Interop.Bridge;
using Hpo.Interop.Glue;

namespace Hpo.Interop.Storages;

/// <summary>Keeps studies in this process's memory. Optuna's <c>InMemoryStorage</c>.</summary>
public sealed record InMemoryStorage : Storage
{
    internal override PythonValue Open(GlueLibrary glue) =>
        glue.Components.Call("build", "storages", "InMemoryStorage", new OrderedDictionary<string, PythonValue>());
}
