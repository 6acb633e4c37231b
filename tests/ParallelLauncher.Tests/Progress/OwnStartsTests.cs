using System.Diagnostics;
using Hpo.Interop.Launches;
using Hpo.Interop.Tables;
using Hpo.ParallelLauncher.Progress;

namespace Hpo.ParallelLauncher.Tests.Progress;

/// <summary>Whose trials are lost: a mistake here would fail a living worker's trial, or leave a dead one's for ever.</summary>
public class OwnStartsTests
{
    private readonly OwnStarts _starts = new("this");

    [Fact]
    public void A_start_of_this_run_is_dead_once_it_has_ended()
    {
        _starts.Begin(2, 5);
        _starts.IsDead(Owner("this", worker: 2, start: 5)).Should().BeFalse();
        _starts.IsDead(Owner("this", worker: 2, start: 4) with { Host = "elsewhere" }).Should().BeFalse("another agent's start may go on");
        _starts.IsDead(Owner("this", worker: 2, start: 4) with { Born = "1" }).Should().BeTrue("its process is not here any more");

        _starts.End(2, 5);

        _starts.IsDead(Owner("this", worker: 2, start: 5)).Should().BeTrue();
    }

    [Fact]
    public void A_process_of_another_run_on_this_machine_is_asked_for()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are identified through /proc.");
        using var child = Process.Start("sleep", "1000");
        var stranger = Owner("other") with { Pid = child.Id, Born = Birth(child.Id) };
        _starts.IsDead(stranger).Should().BeFalse("it lives");
        _starts.IsDead(stranger with { Born = "1" }).Should().BeTrue("its number belongs to another process now");
        _starts.IsDead(stranger with { Boot = "before" }).Should().BeTrue("the machine was started anew since");
        _starts.IsDead(stranger with { Host = "elsewhere" }).Should().BeFalse("nobody here can know");
        _starts.IsDead(stranger with { Space = "pid:[1]" }).Should().BeFalse("another container's numbers say nothing here");

        child.Kill();
        child.WaitForExit();

        _starts.IsDead(stranger).Should().BeTrue();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{}")]
    [InlineData("{\"run\": 5}")]
    public void What_is_no_mark_names_no_owner(string? json) => TrialOwner.Parse(json).Should().BeNull();

    private static TrialOwner Owner(string run, int worker = 0, int start = 0) => new()
    {
        Run = run,
        Worker = worker,
        Start = start,
        Host = ProcessIdentity.Current.Host,
        Boot = ProcessIdentity.Current.Boot,
        Space = ProcessIdentity.Current.Space,
        Pid = ProcessIdentity.Current.Pid,
        Born = ProcessIdentity.Current.Born,
    };

    private static string Birth(int id)
    {
        string stat = File.ReadAllText($"/proc/{id}/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
    }
}
