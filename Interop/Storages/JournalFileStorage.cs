using Hpo.Interop.Bridge;
using Hpo.Interop.Glue;

namespace Hpo.Interop.Storages;

/// <summary>
/// Keeps studies in a log file, which several processes may share, over NFS too. Optuna's <c>JournalStorage</c> with its
/// file backend.
/// </summary>
/// <param name="Path">The file; it is created where it does not exist.</param>
public sealed record JournalFileStorage(string Path) : Storage
{
    /// <summary>How processes take turns; null (the default) for Optuna's choice, a symbolic link.</summary>
    public JournalFileLock? Lock { get; init; }

    internal override PythonValue Open(GlueLibrary glue) => glue.Storages.Call(
        "journal_file_storage", Path, Lock?.GetType().Name, PythonValue.Optional(Lock?.GracePeriodSeconds));
}

/// <summary>How processes take turns at a journal file.</summary>
public abstract record JournalFileLock
{
    private protected JournalFileLock()
    {
    }

    /// <summary>After how long the lock of a process that died is broken; whole seconds, at least 1. Null (the default) for
    /// Optuna's choice, 30 s. Since Optuna 4.3.</summary>
    public TimeSpan? GracePeriod { get; init; }

    internal int? GracePeriodSeconds => GracePeriod is { } period ? checked((int)Math.Ceiling(period.TotalSeconds)) : null;
}

/// <summary>A symbolic link beside the file: works on NFS of any version. Optuna's <c>JournalFileSymlinkLock</c>.</summary>
public sealed record JournalFileSymlinkLock : JournalFileLock;

/// <summary>A file that only one process can create: works on NFS from version 3 on, and on Windows. Optuna's
/// <c>JournalFileOpenLock</c>.</summary>
public sealed record JournalFileOpenLock : JournalFileLock;
