namespace Hpo.Interop.Tests.Oracle;

/// <summary>
/// Where the native samplers and pruners save their time, they choose as Optuna's: studies on top of many trials, and two workers of one
/// study, each of which sees what the other one has finished and what it runs. Each two of workers, sampler and pruner meet in some
/// study; HPO_IDENTITY as in <see cref="IdentityMatrixTests"/>.
/// </summary>
public sealed class LongStudyTests(LongStudyOracle oracle) : IClassFixture<LongStudyOracle>
{
    private static readonly string[] Pruners = ["median", "percentile", "successive halving", "hyperband"];

    private static readonly string[] Native = [.. LongStudies.Samplers.Keys.Where(sampler => sampler != "random")];

    private static readonly string[] SeveralObjectives = ["tpe", "tpe group", "tpe constraints", "nsgaii", "nsgaii constraints"];

    public static TheoryData<string> Samplers => [.. Native.Where(InFull.Includes)];

    [Theory(SkipTestWithoutData = true), MemberData(nameof(Samplers))]
    public async Task Long_and_shared_studies_equal_those_in_pure_python(string sampler)
    {
        StudyComparison compared = await oracle.CompareAsync([.. Names(sampler)], LongStudies.Run);
        TestContext.Current.TestOutputHelper!.WriteLine($"{sampler}: {compared}");
        compared.Differences.Should().BeEmpty();
        compared.Trials.Where(study => study.Value.Count < study.Key.Split('/')[4].Split('+').Sum(int.Parse))
            .Select(study => study.Key).Where(name => !IsRefused(name)).Should().BeEmpty();
        compared.Trials.Values.SelectMany(trials => trials.TakeLast(5)).Select(trial => trial.State).Should()
            .Contain([TrialState.Complete, TrialState.Pruned]);
    }

    [Fact]
    public void Each_two_of_workers_sampler_and_pruner_meet()
    {
        string[][] studies = [.. Native.SelectMany(Names).Select(name => name.Split('/')).Where(parts => parts[0] != "two in sqlite")];
        studies.Select(parts => (parts[0], parts[1])).Distinct().Should().HaveCount(2 * Native.Length);
        studies.Select(parts => (parts[0], parts[2])).Distinct().Should().HaveCount(2 * Pruners.Length);
        studies.Select(parts => (parts[1], parts[2])).Distinct().Should().HaveCount(Native.Length * Pruners.Length);
    }

    private static IEnumerable<string> Names(string sampler)
    {
        int row = Array.IndexOf(Native, sampler);
        for (int column = 0; column < Pruners.Length; column++)
        {
            string pruner = Pruners[column];
            bool isFirst = column == row % Pruners.Length;
            if (InFull.IsAsked || isFirst) yield return Name("one", pruner, isSingle: true, isFirst);
            yield return Name("two in memory", pruner, isSingle: true, isFirst);
            if (isFirst && (InFull.IsAsked || sampler == "tpe liar")) yield return Name("two in sqlite", pruner, isSingle: true, isFirst);
        }
        string[] multi = InFull.IsAsked ? SeveralObjectives : [.. SeveralObjectives.Except(["tpe group"])];
        if (!multi.Contains(sampler)) yield break;
        foreach (string workers in (string[])["one", "two in memory"]) yield return Name(workers, "median", isSingle: false, isFirst: true);

        string Name(string workers, string pruner, bool isSingle, bool isFirst) =>
            $"{workers}/{sampler}/{pruner}/{(isSingle ? "single" : "multi")}/"
            + (InFull.IsAsked ? FullSizes(workers, sampler, isSingle, isFirst) : FewSizes(workers, sampler, isSingle));
    }

    // Optuna 3.1 does not search exhaustively under Hyperband.
    private static bool IsRefused(string name) => name.Contains("/brute force/hyperband/") && !InstalledOptuna.IsAtLeast("3.2");

    // How many trials a study begins with, and how many it adds: fewer where a trial takes Optuna itself too long.
    private static string FullSizes(string workers, string sampler, bool isSingle, bool isFirst) => (workers, sampler) switch
    {
        ("two in sqlite", _) => "110+30",
        ("two in memory", _) => "150+60",
        // Each trial costs Optuna some time for each earlier one of the grid: after 1,000 of them a third of a second.
        (_, "grid") => "2000+100",
        // With 2,000 trials it takes seconds a trial, and Optuna 3.1 enqueues many more.
        (_, "brute force") => "300+60",
        // With 2,000 trials Optuna's choice among the fronts takes 2 s a trial.
        (_, ['t', 'p', 'e', ..]) when !isSingle => "500+60",
        // TPE takes 100 ms a trial there: one pruner has to do for many of them.
        (_, ['t', 'p', 'e', ..]) when !isFirst => "2000+30",
        _ => "2000+300",
    };

    // As few as the native code needs: Optuna's own runs in the first 100 trials.
    private static string FewSizes(string workers, string sampler, bool isSingle) => (workers, sampler) switch
    {
        ("two in sqlite", _) => "110+6",
        ("two in memory", _) => isSingle ? "110+12" : "110+6",
        (_, "brute force") => "110+10",
        (_, ['t', 'p', 'e', ..]) when !isSingle => "110+6",
        _ => "1000+8",
    };
}
