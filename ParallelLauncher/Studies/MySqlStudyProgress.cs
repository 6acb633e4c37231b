using System.Data.Common;
using Hpo.Interop.Storages;

namespace Hpo.ParallelLauncher.Studies;

/// <summary>Reads a study of MySQL or MariaDB.</summary>
internal sealed class MySqlStudyProgress(StorageUrl storage, string studyName) : ConnectedProgress(studyName)
{
    private readonly MySqlConnectionSettings _settings = new(storage);

    protected override async Task<DbConnection> ConnectAsync(CancellationToken cancellationToken) =>
        await _settings.OpenAsync(cancellationToken: cancellationToken);
}
