namespace Hpo.Interop.Reporting.Dashboard;

/// <summary>Which trials of a study changed with which of its versions, as far back as readers are likely to be. Not safe on several threads.</summary>
internal sealed class ChangeLog
{
    private const int MostKept = 1000;

    private readonly Queue<(long Version, IReadOnlyList<int> Trials)> _kept = [];

    // What changed up to this version is not known one by one; nor is what a version after the newest has.
    private long _forgotten, _newest;

    /// <param name="version">The new version.</param>
    /// <param name="trials">The numbers of the trials that changed with it.</param>
    public void Add(long version, IReadOnlyList<int> trials)
    {
        _newest = version;
        _kept.Enqueue((version, trials));
        if (_kept.Count > MostKept) _forgotten = _kept.Dequeue().Version;
    }

    /// <summary>Whoever has an older version needs all trials.</summary>
    public void Forget(long version)
    {
        _kept.Clear();
        _forgotten = _newest = version;
    }

    /// <summary>The numbers of the trials that changed after a version; null where that is not known.</summary>
    public IReadOnlySet<int>? Since(long version) => version < _forgotten || version > _newest
        ? null
        : _kept.Where(change => change.Version > version).SelectMany(change => change.Trials).ToHashSet();
}
