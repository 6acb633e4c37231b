using System.Data.Common;

namespace Hpo.ParallelLauncher.Studies;

/// <summary>Reads a study over one connection, which is opened again after it failed.</summary>
internal abstract class ConnectedProgress(string studyName) : IStudyProgress
{
    private readonly StudyReader _reader = new(studyName);
    private DbConnection? _connection;

    public async Task<StudySnapshot?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            _connection ??= await ConnectAsync(cancellationToken);
            return await _reader.ReadAsync(_connection, cancellationToken);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null) await _connection.DisposeAsync();
        _connection = null;
        GC.SuppressFinalize(this);
    }

    protected abstract Task<DbConnection> ConnectAsync(CancellationToken cancellationToken);
}
