using Hpo.Interop.Bridge;
using Hpo.Interop.Samplers;
using Hpo.Interop.Storages;
using Hpo.Tests;

namespace Hpo.Interop.Tests;

/// <summary>A C# objective runs with the GIL released.</summary>
public sealed class GilTests
{
    private const string Probe =
        """
        import sqlite3

        def last_beat(path):
            connection = sqlite3.connect(path, timeout=30)
            try:
                row = connection.execute("SELECT heartbeat FROM trial_heartbeats").fetchone()
            finally:
                connection.close()
            return row and row[0]
        """;

    [Fact]
    public void Four_jobs_are_inside_their_objectives_at_once()
    {
        using var inside = new Barrier(4);
        using Study study = Study.Create(new StudyOptions { Sampler = new RandomSampler { Seed = 1 } });
        study.Optimize(
            _ => inside.SignalAndWait(TimeSpan.FromSeconds(60)) ? 1 : double.NaN,
            new OptimizeOptions { NTrials = 4, NJobs = 4 });
        study.Trials.Should().OnlyContain(trial => trial.State == TrialState.Complete);
    }

    [Fact]
    public void The_heartbeat_keeps_beating_during_a_long_objective()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("heartbeat.db");
        using Study study = Study.Create(new StudyOptions
        {
            Storage = new RdbStorage($"sqlite:///{file}") { HeartbeatInterval = TimeSpan.FromSeconds(1) },
        });
        // Asked through Python: a second SQLite library in this process would break the first one's file locks.
        using PythonHandle probe = OptunaRuntime.Current.Glue.Bridge.LoadModule("heartbeat_probe", Probe);
        using PythonHandle lastBeat = OptunaRuntime.Current.Glue.Bridge.GetAttribute(probe, "last_beat");
        using var never = new ManualResetEventSlim();
        var beats = new HashSet<string>();
        study.Optimize(
            _ =>
            {
                // A database has no event to wait for: poll it until there were three heartbeats, at most 30 s.
                for (int poll = 0; poll < 300 && beats.Count < 3; poll++)
                {
                    if (OptunaRuntime.Current.Glue.Bridge.Call(lastBeat, file).AsOptionalString() is { } beat) beats.Add(beat);
                    never.Wait(100);
                }
                return beats.Count;
            },
            1);
        beats.Should().HaveCount(3);
    }
}
