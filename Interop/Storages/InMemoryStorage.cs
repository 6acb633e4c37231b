using Hpo.Interop.Bridge;
using Hpo.Interop.Glue;

namespace Hpo.Interop.Storages;

/// <summary>
/// Keeps studies in this process's memory. Optuna's <c>InMemoryStorage</c>, which finds the trials that wait without going through all
/// unless the variable HPO_NATIVE_SAMPLING is off.
/// </summary>
public sealed record InMemoryStorage : Storage
{
    internal override PythonValue Open(GlueLibrary glue) =>
        glue.Components.Call("build", "storages", "InMemoryStorage", new OrderedDictionary<string, PythonValue>(), true);
}
