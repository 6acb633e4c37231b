using System.Globalization;
using Hpo.Interop.Reporting.Dashboard.Launches;
using Hpo.Tests;

namespace Hpo.NativeTrainer.Tests.Dashboard;

public sealed class LaunchFolderTests : IDisposable
{
    private const string Running = "20260101T000002Z-bbbbbb", Finished = "20260101T000001Z-aaaaaa";

    private readonly TemporaryFolder _folder = new();
    private readonly SteppedTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_finished_run_is_read_once_and_another_one_when_its_file_has_changed()
    {
        Write(Finished, "finished", 1);
        Write(Running, "running", 1);
        var folder = new LaunchFolder(_folder.Path, _time);
        Shown(folder).Should().Equal((Running, "running", 1), (Finished, "finished", 1));

        Write(Finished, "finished", 22);
        Write(Running, "running", 22);
        Shown(folder).Should().Equal([(Running, "running", 1), (Finished, "finished", 1)], "nothing is read so soon again");
        _time.Step(TimeSpan.FromSeconds(1));
        Shown(folder).Should().Equal((Running, "running", 22), (Finished, "finished", 1));
        _time.Step(TimeSpan.FromSeconds(10));
        Shown(folder).Should().Equal((Running, "running", 22), (Finished, "finished", 1));
    }

    [Fact]
    public void Runs_come_and_go()
    {
        var folder = new LaunchFolder(_folder.File("runs"), _time);
        folder.Runs().Should().BeEmpty("nothing was launched yet");
        Write($"runs/{Running}", "running", 1);
        _time.Step(TimeSpan.FromSeconds(3));
        folder.Runs().Should().ContainSingle();
        Directory.Delete(_folder.File($"runs/{Running}"), recursive: true);
        _time.Step(TimeSpan.FromSeconds(3));
        folder.Runs().Should().BeEmpty();
    }

    [Theory]
    [InlineData(true, """{"run":"RUN","state":"running"}""")]
    [InlineData(true, """{"run":"RUN","state":"running","workers":[null],"plan":{}}""")]
    [InlineData(true, """{"run":"RUN","state":"of a later version","more":{"deep":[1]}}""")]
    [InlineData(false, """{"run":"RUN","state":null}""")]
    [InlineData(false, """{"run":"RUN","state":"running","workers":[{"index":0,"state":null,"restarts":0,"start":0,"durationSeconds":0,"log":""}]}""")]
    [InlineData(false, """{"run":"RUN","state":"running","errors":null}""")]
    [InlineData(false, "null")]
    [InlineData(false, "")]
    public void A_record_that_somebody_else_wrote_does_no_harm(bool isRun, string record)
    {
        _folder.Write($"{Running}/run.json", record.Replace("RUN", Running, StringComparison.Ordinal));

        IReadOnlyList<FoundRun> runs = new LaunchFolder(_folder.Path, _time).Runs();

        runs.Should().HaveCount(isRun ? 1 : 0);
        foreach (FoundRun run in runs)
        {
            LaunchView view = new LaunchBuilder(new OwnedTrials([]), DateTime.Now, "").Of(run, isStopped: false);
            view.Should().BeEquivalentTo(new { Run = Running, Workers = Array.Empty<WorkerView>(), Problems = Array.Empty<string>() });
        }
    }

    [Fact]
    public void What_is_no_run_or_leads_elsewhere_is_left_out()
    {
        Write(Finished, "finished", 1);
        Write("outside/20260101T000009Z-cccccc", "finished", 1);
        Directory.CreateSymbolicLink(_folder.File("20260101T000009Z-cccccc"), _folder.File("outside/20260101T000009Z-cccccc"));
        _folder.Write("20260101T000003Z-dddddd/run.json", "{");
        _folder.Write("20260101T000004Z-eeeeee/run.json", """{"state":"finished","run":"another"}""");
        Directory.CreateDirectory(_folder.File("20260101T000005Z-ffffff"));
        Directory.CreateDirectory(_folder.File("20260101T000006Z-000000"));
        File.CreateSymbolicLink(_folder.File("20260101T000006Z-000000/run.json"), _folder.File($"{Finished}/run.json"));

        Shown(new LaunchFolder(_folder.Path, _time)).Should().Equal((Finished, "finished", 1));
    }

    private static IEnumerable<(string, string, int)> Shown(LaunchFolder folder) =>
        folder.Runs().Select(found => (found.Paths.Id, found.Run.State, found.Run.Plan!.Workers));

    private void Write(string run, string state, int workers) => _folder.Write($"{run}/run.json", string.Create(
        CultureInfo.InvariantCulture, $$$"""{"run":"{{{Path.GetFileName(run)}}}","state":"{{{state}}}","plan":{"workers":{{{workers}}}}}"""));

    private sealed class SteppedTime : TimeProvider
    {
        private long _now = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Step(TimeSpan time) => _now += time.Ticks;
    }
}
