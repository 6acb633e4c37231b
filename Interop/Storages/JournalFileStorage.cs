using Hpo.Interop.Engine;
using Hpo.Interop.Glue;

namespace Hpo.Interop.Storages;

/// <summary>
/// Keeps studies in a log file, which several processes may share, over NFS too. Optuna's <c>JournalStorage</c> with its
/// file backend.
/// </summary>
/// <param name="Path">The file; it is created where it does not exist.</param>
public sealed record JournalFileStorage(string Path) : Storage
{
    internal override PythonValue Open(GlueLibrary glue) => glue.Components.Call("journal_file_storage", Path);
}
