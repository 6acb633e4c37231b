using Hpo.Interop.Samplers;

namespace Hpo.Interop.Tests;

/// <summary>How a run of trials ends: failures, callbacks, timeouts and cancellations.</summary>
public sealed class OptimizeTests
{
    private static StudyOptions Random => new() { Sampler = new RandomSampler { Seed = 1 } };

    [Fact]
    public void A_NaN_objective_fails_its_trial_and_the_study_goes_on()
    {
        using Study study = Study.Create(Random);
        study.Optimize(trial => trial.Number == 0 ? double.NaN : 1, 2);
        study.Trials.Select(trial => trial.State).Should().Equal(TrialState.Fail, TrialState.Complete);
    }

    [Fact]
    public void An_exception_fails_its_trial_and_arrives_as_the_same_object()
    {
        using Study study = Study.Create(Random);
        var thrown = new InvalidOperationException("broken");
        FluentActions.Invoking(() => study.Optimize(_ => throw thrown, new OptimizeOptions { NTrials = 3 }))
            .Should().Throw<InvalidOperationException>().Which.Should().BeSameAs(thrown);
        study.Trials.Should().ContainSingle().Which.State.Should().Be(TrialState.Fail);
    }

    [Fact]
    public void Caught_exception_types_fail_their_trial_only()
    {
        using Study study = Study.Create(Random);
        study.Optimize(
            trial => trial.Number % 2 == 0 ? throw new FileNotFoundException("lost") : 1.0,
            new OptimizeOptions { NTrials = 4, Catch = [typeof(IOException)] });
        study.Trials.Select(trial => trial.State)
            .Should().Equal(TrialState.Fail, TrialState.Complete, TrialState.Fail, TrialState.Complete);
        TestRuntime.Log.Records.Should().Contain(record => record.Message.Contains("FileNotFoundException: lost"));
    }

    [Fact]
    public void Callbacks_see_the_study_and_each_finished_trial_and_can_stop_it()
    {
        using Study study = Study.Create(Random);
        List<int> seen = [];
        study.Optimize(
            trial => trial.Number,
            new OptimizeOptions
            {
                Callbacks =
                [
                    (running, trial) =>
                    {
                        running.Should().BeSameAs(study);
                        seen.Add(trial.Number);
                        if (trial.Number == 4) running.Stop();
                    },
                ],
            });
        seen.Should().Equal(0, 1, 2, 3, 4);
    }

    [Fact]
    public void A_timeout_ends_the_run()
    {
        using Study study = Study.Create(Random);
        study.Optimize(_ => 1, new OptimizeOptions { Timeout = TimeSpan.FromSeconds(0.3) });
        study.Trials.Should().NotBeEmpty();
    }

    [Fact]
    public async Task A_cancelled_run_leaves_no_trial_running()
    {
        using Study study = Study.Create(Random);
        using var cancellation = new CancellationTokenSource();
        using var started = new SemaphoreSlim(0);
        Task run = study.OptimizeAsync(
            trial =>
            {
                started.Release();
                trial.CancellationToken.WaitHandle.WaitOne();
                trial.Report(1, 0);
                return 1;
            },
            new OptimizeOptions { NJobs = 2 },
            cancellation.Token);
        await started.WaitAsync(TestContext.Current.CancellationToken);
        await started.WaitAsync(TestContext.Current.CancellationToken);
        await cancellation.CancelAsync();

        await FluentActions.Awaiting(() => run).Should().ThrowAsync<OperationCanceledException>();
        study.Trials.Should().HaveCount(2).And.OnlyContain(trial => trial.State == TrialState.Fail);
    }

    [Fact]
    public void Catching_cancellations_does_not_keep_a_cancelled_run_alive()
    {
        using Study study = Study.Create(Random);
        using var cancellation = new CancellationTokenSource();
        FluentActions.Invoking(() => study.Optimize(
                trial =>
                {
                    cancellation.Cancel();
                    trial.CancellationToken.ThrowIfCancellationRequested();
                    return 1;
                },
                new OptimizeOptions { NTrials = 5, Catch = [typeof(Exception)] },
                cancellation.Token))
            .Should().Throw<OperationCanceledException>();
        study.Trials.Should().ContainSingle();
    }
}
