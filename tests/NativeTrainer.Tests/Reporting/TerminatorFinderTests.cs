using Hpo.Interop;
using Hpo.Interop.Reporting.Snapshots;

namespace Hpo.NativeTrainer.Tests.Reporting;

/// <summary>What is told of a study's improvement without asking Optuna.</summary>
public sealed class TerminatorFinderTests
{
    private static readonly FrozenTrial[] Trials =
    [
        new() { Number = 0, State = TrialState.Complete, Values = [1] }, new() { Number = 1, State = TrialState.Complete, Values = [double.PositiveInfinity] },
        new() { Number = 2, State = TrialState.Fail }, new() { Number = 3, State = TrialState.Complete },
    ];

    [Fact]
    public void Nothing_is_told_where_nobody_asked() =>
        new TerminatorFinder(TerminatorFinder.None).Find([StudyDirection.Minimize], Trials).Should().BeNull();

    [Theory]
    [InlineData(1, "Two complete trials with finite values are needed to tell.")]
    [InlineData(2, "Optuna estimates it for one objective only.")]
    public void Why_it_cannot_be_told_is_said(int objectives, string reason)
    {
        TerminatorSnapshot? told = new TerminatorFinder("emmr").Find([.. Enumerable.Repeat(StudyDirection.Minimize, objectives)], Trials);

        told.Should().BeEquivalentTo(new TerminatorSnapshot { Evaluator = "EMMREvaluator", MinTrials = 20, Missing = reason });
    }
}
