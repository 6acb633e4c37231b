using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using Hpo.Interop.Reporting.Snapshots;
using Hpo.Interop.Tables;

namespace Hpo.Interop.Reporting.Dashboard;

/// <summary>
/// One study for all of its readers. It is polled twice a second while it has any, whatever their number.
/// </summary>
/// <param name="tables">The storage.</param>
/// <param name="name">The study's name.</param>
/// <param name="importances">Finds importances in the background.</param>
/// <param name="time">The clock.</param>
internal sealed class StudyFeed(StudyTables tables, string name, ImportanceFeed importances, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly FollowedStudy _study = new(tables, name);
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private long _version;
    private long _polledAt;
    private (long Version, byte[] Json)? _compressed;

    /// <summary>
    /// The study's version: at once, and whenever it has changed; ends when the study is gone. While the database cannot be
    /// read, that is reported once, and retried at every tick.
    /// </summary>
    public async IAsyncEnumerable<FeedNews> NewsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        FeedNews? last = null;
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            FeedNews? news;
            try
            {
                news = await RefreshAsync(cancellation) is { } version ? new FeedNews(version, Problem: null) : null;
            }
            catch (TableException failure) when (failure.IsTransient)
            {
                news = new FeedNews(_version, failure.Message);
            }
            if (news is null) yield break;
            if (news == last) continue;
            last = news;
            yield return news;
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    /// <summary>The study's snapshot as gzipped JSON, or null where it does not exist.</summary>
    /// <exception cref="TableException">The database failed.</exception>
    public async Task<byte[]?> SnapshotAsync(CancellationToken cancellation)
    {
        if (await RefreshAsync(cancellation) is not { } version) return null;
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

    /// <summary>What the study's parameters were first drawn from, by name; null where it does not exist.</summary>
    /// <exception cref="TableException">The database failed.</exception>
    public async Task<IReadOnlyDictionary<string, Distribution>?> DistributionsAsync(CancellationToken cancellation) =>
        await RefreshAsync(cancellation) is null ? null : SnapshotBuilder.Distributions(_study.Trials);

    public void Dispose() => _oneAtATime.Dispose();

    private StudySnapshot Snapshot() => SnapshotBuilder.Build(
        new StudyFacts(name, tables.Url.Masked, _study.Directions, _study.UserAttrs, _study.SystemAttrs, time.GetLocalNow().DateTime) { TrialNotes = _study.TrialNotes },
        _study.Trials,
        importances.Of(_study));

    /// <exception cref="TableException">The database failed.</exception>
    private async Task<long?> RefreshAsync(CancellationToken cancellation)
    {
        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            // It was polled for another reader just now.
            if (_polledAt != 0 && time.GetElapsedTime(_polledAt) < Interval / 2) return _version;
            bool? isChanged = await Task.Run(_study.Refresh, cancellation);
            if (isChanged is null) return null;
            _polledAt = time.GetTimestamp();
            if (isChanged.Value | importances.HasNews(_study)) _version++;
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

/// <summary>What the readers of a study are sent.</summary>
/// <param name="Version">The study's version.</param>
/// <param name="Problem">Why no newer one can be read at the moment, or null.</param>
internal sealed record FeedNews(long Version, string? Problem);
