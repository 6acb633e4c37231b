using Hpo.Interop;
using Hpo.Interop.Reporting.Dashboard.Launches;
using Hpo.Interop.Tables;

namespace Hpo.NativeTrainer.Tests.Dashboard;

public sealed class OwnedTrialsTests
{
    private static readonly DateTime Noon = new(2026, 1, 1, 12, 0, 0);

    [Fact]
    public void Trials_are_counted_once_by_worker_whatever_comes_in_parts()
    {
        var trials = new OwnedTrials([Trial(0, TrialState.Complete, 0, 5), Trial(1, TrialState.Running, 1), Trial(2, TrialState.Waiting, null), Trial(3, TrialState.Running, null)]);
        trials.Take([Trial(1, TrialState.Running, 1), Trial(4, TrialState.Running, 0)]);
        OwnedRun run = trials.Runs["a run"];
        (run.HasRunning, run.Workers[0].Trial, run.Workers[1].Trial).Should().Be((true, 4, 1));

        trials.Take([Trial(1, TrialState.Fail, 1), Trial(4, TrialState.Pruned, 0), Trial(3, TrialState.Complete, null)]);
        trials.Take([Trial(4, TrialState.Pruned, 0), Trial(5, TrialState.Complete, 0, double.NaN, start: 2)]);

        run.HasRunning.Should().BeFalse();
        run.Workers[0].Should().BeEquivalentTo(new { Complete = 2, Pruned = 1, Failed = 0, LastValue = double.NaN, Trial = (int?)null, Owner = new { Start = 2 } });
        run.Workers[1].Should().BeEquivalentTo(new { Complete = 0, Pruned = 0, Failed = 1, LastValue = (double?)null });
        trials.In([TrialState.Complete, TrialState.Pruned]).Should().Be(4);
        (run.Began, run.Active).Should().Be((Noon, Noon.AddMinutes(6)));
    }

    private static FrozenTrial Trial(int number, TrialState state, int? worker, double? value = null, int start = 0) => new()
    {
        Number = number,
        State = state,
        Value = value,
        DatetimeStart = state is TrialState.Waiting ? null : Noon.AddMinutes(number),
        DatetimeComplete = state.IsFinished() ? Noon.AddMinutes(number + 1) : null,
        SystemAttrs = worker is { } index
            ? new Dictionary<string, object?> { [TrialOwner.Key] = new Dictionary<string, object?> { ["run"] = "a run", ["worker"] = (long)index, ["start"] = (long)start } }
            : new Dictionary<string, object?>(),
    };
}
