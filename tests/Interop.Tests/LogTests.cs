using Hpo.Interop.Samplers;
using Microsoft.Extensions.Logging;

namespace Hpo.Interop.Tests;

/// <summary>Optuna's log lines arrive in ILogger.</summary>
public sealed class LogTests
{
    [Fact]
    public void A_finished_trial_is_logged_under_the_name_of_Optunas_logger()
    {
        using Study study = Study.Create(new StudyOptions { Name = "logged", Sampler = new RandomSampler { Seed = 1 } });
        study.Optimize(_ => 12345.5, 1);
        TestRuntime.Log.Records.Should().Contain(record =>
            record.Category == "optuna.storages._in_memory" && record.Message.Contains("logged"));
        TestRuntime.Log.Records.Should().Contain(record =>
            record.Category == "optuna.study.study" && record.Level == LogLevel.Information
            && record.Message.Contains("Trial 0 finished with value: 12345.5"));
    }

    [Fact]
    public void A_failed_trial_is_logged_with_its_traceback_and_without_local_variables()
    {
        using Study study = Study.Create();
        FluentActions.Invoking(() => study.Optimize(Fail, new OptimizeOptions { NTrials = 1 }))
            .Should().Throw<InvalidOperationException>();
        LogRecord record = TestRuntime.Log.Records.Last(item => item.Message.Contains("expected failure"));
        record.Level.Should().Be(LogLevel.Warning);
        record.Message.Should().Contain("Traceback").And.NotContain("local-secret");

        static double Fail(Trial trial)
        {
            trial.SetUserAttr("k", "local-secret");
            throw new InvalidOperationException("expected failure");
        }
    }

    [Fact]
    public void A_cancelled_trial_is_no_warning()
    {
        using Study study = Study.Create();
        using var cancellation = new CancellationTokenSource();
        FluentActions.Invoking(() => study.Optimize(
                trial =>
                {
                    cancellation.Cancel();
                    throw new OperationCanceledException("cancelled on purpose");
                },
                new OptimizeOptions(),
                cancellation.Token))
            .Should().Throw<OperationCanceledException>();
        LogRecord record = TestRuntime.Log.Records.Single(item => item.Message.Contains("cancelled on purpose"));
        record.Level.Should().Be(LogLevel.Information);
        record.Message.Should().NotContain("Traceback");
    }

    [Fact]
    public void Warnings_of_Python_are_logged()
    {
        using Study study = Study.Create(new StudyOptions { Sampler = new BruteForceSampler() });
        TestRuntime.Log.Records.Should().Contain(record =>
            record.Category == "py.warnings" && record.Message.Contains("ExperimentalWarning"));
    }

    [Fact]
    public void The_verbosity_is_Optunas_own()
    {
        LogLevel before = OptunaLogging.Verbosity;
        try
        {
            OptunaLogging.Verbosity = LogLevel.Error;
            OptunaLogging.Verbosity.Should().Be(LogLevel.Error);
            using Study quiet = Study.Create(new StudyOptions { Name = "not logged at all" });
            TestRuntime.Log.Records.Should().NotContain(record => record.Message.Contains("not logged at all"));
            OptunaLogging.Verbosity = LogLevel.None;
            OptunaLogging.Verbosity.Should().Be(LogLevel.None);
        }
        finally
        {
            OptunaLogging.Verbosity = before;
        }
        before.Should().Be(LogLevel.Information);
    }
}
