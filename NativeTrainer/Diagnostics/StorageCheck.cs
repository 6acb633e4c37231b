using Hpo.Interop;
using Hpo.Interop.Storages;
using Hpo.Interop.Tables.MySql;
using MySqlConnector;

namespace Hpo.NativeTrainer.Diagnostics;

/// <summary>Whether a storage can be reached, without changing it.</summary>
internal static class StorageCheck
{
    private const string Name = "storage";

    public static async Task<Check> RunAsync(StorageUrl url, CancellationToken cancellation) => url.Dialect switch
    {
        StorageDialect.MySql => await MySqlAsync(url, cancellation),
        StorageDialect.Sqlite => Sqlite(url),
        _ => new Check(Name, true, $"{url.Masked}: a {url.DialectName} database is not checked here"),
    };

    private static async Task<Check> MySqlAsync(StorageUrl url, CancellationToken cancellation)
    {
        try
        {
            using MySqlConnection connection =
                await Task.Run(() => new MySqlConnectionSettings(url).Open(), cancellation).WaitAsync(cancellation);
            return new Check(Name, true, $"{url.Masked}, server {connection.ServerVersion}");
        }
        catch (Exception exception) when (MySqlErrors.IsDatabaseError(exception))
        {
            return Wrong(MySqlErrors.Describe(exception, url));
        }
    }

    private static Check Sqlite(StorageUrl url)
    {
        if (url.SqliteFile is not { } file) return new Check(Name, true, $"{url.Masked}: an SQLite URI is not checked here");
        if (Directory.Exists(file)) return Wrong($"{url.Masked} is a folder. Name a file in it with --storage.");
        if (File.Exists(file)) return new Check(Name, true, url.Masked);
        string? folder = Path.GetDirectoryName(Path.GetFullPath(file));
        return Directory.Exists(folder)
            ? new Check(Name, true, $"{url.Masked}, which the first study creates")
            : Wrong($"{url.Masked}: there is no folder {folder}. Create it, or name another storage with --storage.");
    }

    private static Check Wrong(string finding) => new(Name, false, finding, WorkerExitCode.Storage);
}
