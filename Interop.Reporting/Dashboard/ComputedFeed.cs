using System.Runtime.CompilerServices;
using Hpo.Interop.Reporting.Snapshots;

namespace Hpo.Interop.Reporting.Dashboard;

/// <summary>
/// What Optuna computes of studies in the background, over a copy in memory: the storage is not read. While it is computed,
/// the last result is kept.
/// </summary>
/// <param name="find">Computes it of a study's directions and trials.</param>
/// <param name="without">A result that says why there is none.</param>
/// <param name="report">Is called with unexpected errors.</param>
/// <param name="time">The clock.</param>
internal sealed class ComputedFeed<T>(
    Func<IReadOnlyList<StudyDirection>, IReadOnlyList<FrozenTrial>, T> find, Func<string, T> without, Action<string> report, TimeProvider time)
{
    // It takes at most a tenth of the time, so that it does not take the cores from the trials.
    private const int PausePerCost = 10;

    // By the study itself: another one of its name has no result yet.
    private readonly ConditionalWeakTable<object, State> _states = [];

    /// <summary>The last result for a study.</summary>
    public T Of(FollowedStudy study) => StateOf(study).Answer;

    /// <summary>Whether there is another result than at the last call; starts to compute one where trials were completed since.</summary>
    public bool HasNews(FollowedStudy study)
    {
        if (study.IsPreferential) return false;
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

    private State StateOf(FollowedStudy study) => _states.GetValue(study.Identity, _ => new State(without("It is being computed.")));

    private void Find(State state, IReadOnlyList<StudyDirection> directions, IReadOnlyList<FrozenTrial> trials)
    {
        long began = time.GetTimestamp();
        T known = state.Answer;
        try
        {
            state.Answer = find(directions, trials);
        }
        catch (OptunaException exception)
        {
            state.Answer = without($"Optuna cannot compute it: {exception.Message}");
        }
        catch (Exception fault)
        {
            // This task is not awaited.
            state.Answer = without($"It cannot be computed: {fault.Message}");
            report($"error: what Optuna tells of a study could not be computed: {fault}");
        }
        finally
        {
            state.NotBefore = time.GetUtcNow() + (time.GetElapsedTime(began) * PausePerCost);
            if (!EqualityComparer<T>.Default.Equals(state.Answer, known)) Volatile.Write(ref state.News, 1);
            state.IsBusy = false;
        }
    }

    private sealed class State(T answer)
    {
        public int News;

        public volatile bool IsBusy;

        public int Complete { get; set; } = -1;

        public DateTimeOffset NotBefore { get; set; }

        public T Answer { get; set; } = answer;
    }
}
