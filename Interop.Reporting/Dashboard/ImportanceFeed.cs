using System.Collections.Concurrent;
using Hpo.Interop.Reporting.Snapshots;

namespace Hpo.Interop.Reporting.Dashboard;

/// <summary>
/// How much parameters matter, found by Optuna in the background, over a copy in memory: the storage is not read. While
/// they are computed, the last result is kept.
/// </summary>
/// <param name="finder">Finds importances.</param>
/// <param name="report">Is called with unexpected errors.</param>
/// <param name="time">The clock.</param>
internal sealed class ImportanceFeed(ImportanceFinder finder, Action<string> report, TimeProvider time)
{
    // It takes at most a tenth of the time, so that it does not take the cores from the trials.
    private const int PausePerCost = 10;

    private static readonly ImportanceSnapshot Pending = ImportanceSnapshot.None("They are being computed.");

    private readonly ConcurrentDictionary<string, State> _states = new(StringComparer.Ordinal);

    /// <summary>The last result for a study.</summary>
    public ImportanceSnapshot Of(FollowedStudy study) => StateOf(study).Answer;

    /// <summary>Whether there is another result than at the last call; starts to compute one where trials were completed since.</summary>
    public bool HasNews(FollowedStudy study)
    {
        State state = StateOf(study);
        int complete = study.CompleteTrials;
        if (complete != state.Complete && !state.IsBusy && time.GetUtcNow() >= state.NotBefore)
        {
            (state.IsBusy, state.Complete) = (true, complete);
            (IReadOnlyList<StudyDirection> directions, FrozenTrial[] trials) = (study.Directions, [.. study.Trials]);
            _ = Task.Run(() => Find(state, directions, trials));
        }
        return Interlocked.Exchange(ref state.News, 0) == 1;
    }

    private State StateOf(FollowedStudy study) => _states.GetOrAdd(study.Name, _ => new State());

    private void Find(State state, IReadOnlyList<StudyDirection> directions, IReadOnlyList<FrozenTrial> trials)
    {
        long began = time.GetTimestamp();
        try
        {
            state.Answer = finder.Find(directions, trials);
        }
        catch (OptunaException exception)
        {
            state.Answer = ImportanceSnapshot.None($"Optuna cannot compute them: {exception.Message}");
        }
        catch (Exception fault)
        {
            // This task is not awaited.
            state.Answer = ImportanceSnapshot.None($"They cannot be computed: {fault.Message}");
            report($"error: the importances of a study could not be computed: {fault}");
        }
        finally
        {
            state.NotBefore = time.GetUtcNow() + (time.GetElapsedTime(began) * PausePerCost);
            Volatile.Write(ref state.News, 1);
            state.IsBusy = false;
        }
    }

    private sealed class State
    {
        public int News;

        public volatile bool IsBusy;

        public int Complete { get; set; } = -1;

        public DateTimeOffset NotBefore { get; set; }

        public ImportanceSnapshot Answer { get; set; } = Pending;
    }
}
