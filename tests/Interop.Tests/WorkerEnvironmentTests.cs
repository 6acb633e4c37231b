using Hpo.Interop.Storages;

namespace Hpo.Interop.Tests;

public class WorkerEnvironmentTests
{
    [Fact]
    public void What_is_written_is_read_again()
    {
        var written = new WorkerEnvironment
        {
            Storage = "mysql://u:p@h/d",
            StorageEngine = StorageEngine.Optuna,
            StudyName = "a study",
            Index = 2,
            Count = 4,
            Restart = 1,
            Seed = 44,
            TotalTrials = 100,
            CountedStates = [TrialState.Complete, TrialState.Fail],
            Run = "20261124T120000Z-abcdef",
            HeartbeatInterval = TimeSpan.FromSeconds(30),
            HeartbeatGrace = TimeSpan.FromSeconds(120),
            RetryFailed = 2,
        };

        Read(written.ToVariables()).Should().Be(written);
    }

    [Fact]
    public void Without_any_variable_the_worker_is_alone()
    {
        Read(new Dictionary<string, string>()).Should().Be(new WorkerEnvironment());
        new WorkerEnvironment().Count.Should().Be(1);
    }

    [Fact]
    public void What_has_no_value_sets_no_variable()
    {
        new WorkerEnvironment().ToVariables().Keys.Should().BeEquivalentTo(
            WorkerEnvironment.IndexVariable, WorkerEnvironment.CountVariable, WorkerEnvironment.RestartVariable);
    }

    [Fact]
    public void An_empty_variable_counts_as_unset()
    {
        Read(new Dictionary<string, string> { ["HPO_SEED"] = "", ["HPO_STUDY"] = "" }).Should().Be(new WorkerEnvironment());
    }

    [Theory]
    [InlineData("HPO_WORKER_INDEX")]
    [InlineData("HPO_WORKER_COUNT")]
    [InlineData("HPO_WORKER_RESTART")]
    [InlineData("HPO_SEED")]
    [InlineData("HPO_TOTAL_TRIALS")]
    public void A_variable_that_is_no_number_is_named(string name)
    {
        var read = () => Read(new Dictionary<string, string> { [name] = "1.5" });

        read.Should().Throw<FormatException>().WithMessage($"{name} is '1.5'*");
    }

    [Theory]
    [InlineData("complete,lost")]
    [InlineData("running")]
    public void States_that_are_not_finished_ones_are_named(string states)
    {
        var read = () => Read(new Dictionary<string, string> { ["HPO_COUNT"] = states });

        read.Should().Throw<FormatException>().WithMessage($"HPO_COUNT is '{states}'*");
    }

    private static WorkerEnvironment Read(IReadOnlyDictionary<string, string> variables) =>
        WorkerEnvironment.Read(name => variables.GetValueOrDefault(name));
}
