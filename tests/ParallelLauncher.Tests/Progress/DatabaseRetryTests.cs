using Hpo.Interop.Tables;
using Hpo.ParallelLauncher.Progress;
using Hpo.ParallelLauncher.Workers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Hpo.ParallelLauncher.Tests.Progress;

/// <summary>How long an error of the database is retried, and what is reported of it.</summary>
public sealed class DatabaseRetryTests : IWorkerObserver
{
    private static readonly TableException Busy = new("it is locked", isTransient: true, new IOException());

    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _notes = [];
    private readonly Reachability _reachability;
    private readonly DatabaseRetry _retry;

    public DatabaseRetryTests()
    {
        _reachability = new Reachability(this, _time);
        _retry = new DatabaseRetry(_reachability, this, _time, NullLogger.Instance);
    }

    void IWorkerObserver.OnLine(int index, string line, bool isError)
    {
    }

    void IWorkerObserver.OnStatus(WorkerStatus status)
    {
    }

    void IWorkerObserver.OnNote(string message) => _notes.Add(message);

    [Fact]
    public async Task A_transient_error_that_is_soon_over_is_not_even_told()
    {
        int attempts = 0;

        int result = await CompleteAsync(() => ++attempts < 3 ? throw Busy : Task.FromResult(attempts));

        result.Should().Be(3);
        _notes.Should().BeEmpty();
    }

    [Fact]
    public async Task A_transient_error_is_told_once_after_three_seconds_and_given_up_after_ten_minutes()
    {
        long began = _time.GetTimestamp();
        Func<Task> retry = () => CompleteAsync<int>(() => throw Busy);

        (await retry.Should().ThrowAsync<TableException>()).Which.Should().BeSameAs(Busy);

        _time.GetElapsedTime(began).Should().BeCloseTo(TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(1));
        _notes.Should().ContainSingle().Which.Should().Contain("lost trials cannot be failed at present").And.Contain("it is locked");
    }

    [Fact]
    public async Task A_lasting_error_is_not_tried_again()
    {
        int attempts = 0;
        Func<Task> retry = () => CompleteAsync<int>(() =>
        {
            attempts++;
            throw new TableException("read-only", isTransient: false, new IOException());
        });

        await retry.Should().ThrowAsync<TableException>();

        attempts.Should().Be(1);
    }

    [Fact]
    public void A_database_that_is_away_is_told_after_three_seconds_and_when_it_is_back()
    {
        _reachability.OnFailure(Busy).Should().BeFalse();
        _reachability.Answers.IsCompleted.Should().BeFalse("no worker is started before it is back");
        _notes.Should().BeEmpty();
        _time.Advance(TimeSpan.FromSeconds(3));
        _reachability.OnFailure(Busy).Should().BeFalse();
        _reachability.OnFailure(Busy).Should().BeFalse();

        _reachability.OnAnswer();
        _reachability.OnAnswer();

        _notes.Should().Equal(
            "the database does not answer, and the run waits for it (it is locked)", "the database answers again, after 3.0 s");
        _reachability.Answers.IsCompleted.Should().BeTrue();
    }

    [Fact]
    public void A_database_that_is_away_for_ten_minutes_is_given_up()
    {
        _reachability.OnFailure(Busy);
        _time.Advance(TimeSpan.FromMinutes(10));

        _reachability.OnFailure(Busy).Should().BeTrue();
    }

    // Lets the clock go on whenever the retry waits for it.
    private async Task<T> CompleteAsync<T>(Func<Task<T>> change)
    {
        Task<T> retry = _retry.RunAsync(change, TestContext.Current.CancellationToken);
        while (!retry.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Yield();
        }

        return await retry;
    }
}
