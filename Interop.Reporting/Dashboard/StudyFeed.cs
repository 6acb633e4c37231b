using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Hpo.Interop.Reporting.Dashboard.Launches;
using Hpo.Interop.Reporting.Snapshots;
using Hpo.Interop.Tables;

namespace Hpo.Interop.Reporting.Dashboard;

/// <summary>
/// One study for all of its readers. It is polled twice a second while it has any, whatever their number.
/// </summary>
/// <param name="tables">The storage.</param>
/// <param name="name">The study's name.</param>
/// <param name="findings">What Optuna computes in the background.</param>
/// <param name="time">The clock.</param>
internal sealed class StudyFeed(StudyTables tables, string name, FindingFeeds findings, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly FollowedStudy _study = new(tables, name);
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly ChangeLog _changes = new();

    // Later than any version of a server before this one, whose readers may ask.
    private long _version = time.GetUtcNow().ToUnixTimeMilliseconds();
    private long _polledAt;
    private StudyTally? _tally;

    // Null until somebody asks.
    private OwnedTrials? _owned;
    private (long Version, byte[] Json)? _whole, _shown;

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

    /// <summary>The study's snapshot with all that was reported, as gzipped JSON, or null where it does not exist.</summary>
    /// <exception cref="TableException">The database failed.</exception>
    public Task<byte[]?> SnapshotAsync(CancellationToken cancellation) => ReadAsync(_ =>
    {
        _whole = Kept(_whole) ?? (_version, Compress(Snapshot(_study.Trials, _ => true)));
        return _whole.Value.Json;
    }, cancellation);

    /// <summary>What a page shows of the study, as gzipped JSON: with the curves that it draws, and null where the study does not exist.</summary>
    /// <param name="since">The version that the page has: it is sent what changed since, if that is known; null for none.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="TableException">The database failed.</exception>
    public Task<byte[]?> ShownAsync(long? since, CancellationToken cancellation) => ReadAsync(tally =>
    {
        if (since is { } known && _changes.Since(known) is { } changed)
            return Compress(Snapshot([.. changed.Order().Select(_study.Trial).OfType<FrozenTrial>()], _ => true) with { Version = _version, Since = known });
        _shown = Kept(_shown) ?? (_version, Compress(Snapshot(_study.Trials, trial => DrawnCurves.Has(trial, _study.Trials.Count, tally.Best)) with { Version = _version }));
        return _shown.Value.Json;
    }, cancellation);

    /// <summary>A trial with all that it reported, as gzipped JSON of a snapshot, or null where it does not exist.</summary>
    /// <exception cref="TableException">The database failed.</exception>
    public Task<byte[]?> TrialAsync(int number, CancellationToken cancellation) => ReadAsync(
        _ => _study.Trial(number) is { } trial ? Compress(Snapshot([trial], _ => true)) : null, cancellation);

    /// <summary>All trials as a table, or null where the study does not exist.</summary>
    /// <exception cref="TableException">The database failed.</exception>
    public Task<TrialsTable?> TableAsync(CancellationToken cancellation) => ReadAsync(
        _ => TrialsTable.From(_study.Trials, _study.Directions.Count), cancellation);

    /// <summary>What the study's parameters were first drawn from, by name; null where it does not exist.</summary>
    /// <exception cref="TableException">The database failed.</exception>
    public async Task<IReadOnlyDictionary<string, Distribution>?> DistributionsAsync(CancellationToken cancellation) =>
        await ReadAsync(tally => tally.Distributions, cancellation);

    /// <summary>What is read of the launches that ran the study's trials, with the time now in the trials' clock; null where it does not exist.</summary>
    /// <exception cref="TableException">The database failed.</exception>
    public Task<T?> OwnedAsync<T>(Func<OwnedTrials, DateTime, T?> read, CancellationToken cancellation) where T : class => ReadAsync(
        _ => read(_owned ??= new OwnedTrials(_study.Trials), time.GetLocalNow().DateTime), cancellation);

    /// <summary>The launched worker that runs a trial, or ran it; null where there is none.</summary>
    /// <exception cref="TableException">The database failed.</exception>
    public Task<TrialOwner?> OwnerOfAsync(int number, CancellationToken cancellation) => ReadAsync(
        _ => _study.Trial(number) is { } trial ? TrialOwner.Of(trial) : null, cancellation);

    public void Dispose() => _oneAtATime.Dispose();

    private (long Version, byte[] Json)? Kept((long Version, byte[] Json)? made) => made?.Version == _version ? made : null;

    private StudySnapshot Snapshot(IReadOnlyList<FrozenTrial> trials, Predicate<FrozenTrial> withCurve)
    {
        var facts = new StudyFacts(name, tables.Url.Masked, _study.Directions, _study.UserAttrs, _study.SystemAttrs, time.GetLocalNow().DateTime)
        {
            TrialNotes = _study.TrialNotes,
            Preferential = _study.Preferential,
        };
        StudySnapshot snapshot = SnapshotBuilder.Build(facts, _tally!, trials, findings.Importances(_study), withCurve);
        return snapshot with { Terminator = findings.Improvements(_study) };
    }

    // Reads the study as it is now, while nobody refreshes it.
    private async Task<T?> ReadAsync<T>(Func<StudyTally, T?> read, CancellationToken cancellation) where T : class
    {
        if (await RefreshAsync(cancellation) is null) return null;
        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            return _tally is { } tally ? read(tally) : null;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

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
            if (isChanged.Value | findings.HasNews(_study) || _study.Changed is null) Note();
            return _version;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private void Note()
    {
        _version++;
        if (_study.Changed is { } changed && _tally?.TryUpdate(changed) == true)
        {
            _owned?.Take(changed);
            _changes.Add(_version, [.. changed.Select(trial => trial.Number)]);
            return;
        }
        _owned = null;
        _tally = new StudyTally(_study.Trials, _study.Directions);
        _changes.Forget(_version);
    }

    private static byte[] Compress(StudySnapshot snapshot)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true)) JsonSerializer.Serialize(gzip, snapshot, SnapshotJson.Format);
        return buffer.ToArray();
    }
}

/// <summary>What the readers of a study are sent.</summary>
/// <param name="Version">The study's version.</param>
/// <param name="Problem">Why no newer one can be read at the moment, or null.</param>
internal sealed record FeedNews(long Version, string? Problem);
