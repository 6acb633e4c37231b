using System.Data.Common;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using Hpo.NativeTrainer.Reporting;

namespace Hpo.NativeTrainer.Dashboard;

/// <summary>
/// One study for all who look at it. It is read while somebody looks, twice a second, whatever the number of readers.
/// </summary>
/// <param name="tables">The storage.</param>
/// <param name="name">The study's name.</param>
/// <param name="importances">Finds importances in the background.</param>
/// <param name="time">The clock.</param>
internal sealed class StudyFeed(StudyTables tables, string name, ImportanceFeed importances, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly KnownStudy _known = new(name);
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private long _version;
    private long _looked;
    private (long Version, byte[] Json)? _compressed;

    /// <summary>The version of what is known: at once, and whenever it has changed; ends when the study is gone.</summary>
    public async IAsyncEnumerable<long> VersionsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        long told = -1;
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            long? version = await LookAsync(cancellation);
            if (version is null) yield break;
            if (version == told) continue;
            told = version.Value;
            yield return told;
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    /// <summary>The study's snapshot as gzipped JSON, or null where it does not exist.</summary>
    public async Task<byte[]?> SnapshotAsync(CancellationToken cancellation)
    {
        if (await LookAsync(cancellation) is not { } version) return null;
        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            if (_compressed is { } kept && kept.Version == version) return kept.Json;
            byte[] json = Compress(SnapshotJson.Write(Snapshot()));
            _compressed = (version, json);
            return json;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    private StudySnapshot Snapshot() => SnapshotBuilder.Build(
        new StudyFacts(name, tables.Storage, _known.Directions, _known.UserAttrs, time.GetLocalNow().DateTime),
        _known.Trials,
        importances.Of(_known));

    /// <exception cref="DbException">The database does not answer.</exception>
    private async Task<long?> LookAsync(CancellationToken cancellation)
    {
        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            // Another reader has just looked.
            if (_looked != 0 && time.GetElapsedTime(_looked) < Interval / 2) return _version;
            bool? isChanged = await tables.RefreshAsync(_known, cancellation);
            if (isChanged is null) return null;
            _looked = time.GetTimestamp();
            if (isChanged.Value | importances.HasNews(_known)) _version++;
            return _version;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private static byte[] Compress(string text)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return buffer.ToArray();
    }
}
