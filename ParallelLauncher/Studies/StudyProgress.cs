using Hpo.Interop.Storages;

namespace Hpo.ParallelLauncher.Studies;

internal static class StudyProgress
{
    /// <summary>The reader for a storage, or null where the launcher has none for its dialect.</summary>
    public static IStudyProgress? For(StorageUrl storage, string studyName) => storage.Dialect switch
    {
        StorageDialect.MySql => new MySqlStudyProgress(storage, studyName),
        StorageDialect.Sqlite => new SqliteStudyProgress(storage, studyName),
        _ => null,
    };
}
