#:project ../../Interop/Interop.csproj
#:property RestorePackagesWithLockFile=false
#:property PublishAot=false
// Exercise 6.7 of the course (docs/course.md): what does pruning cost? Takes a study that was not pruned, hands its learning
// curves to the median pruner in fifty random orders, and tells how much it saves and how often it loses the best trial.
//   dotnet run docs/examples/pruning.cs -- STUDY [STORAGE]
using System.Globalization;
using Hpo.Interop;
using Hpo.Interop.Pruners;
using Microsoft.Extensions.Logging;

const int Orders = 50;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
OptunaLogging.Verbosity = LogLevel.Warning; // without a line for each trial

using Study study = Study.Load(args[0], args is [_, var url] ? url : "sqlite:///hpo.db");
FrozenTrial[] curves = [.. study.GetTrials(TrialState.Complete).OrderByDescending(curve => curve.Value)];
int epochs = curves.Max(curve => curve.IntermediateValues.Count);
FrozenTrial best = curves[0];
Console.WriteLine($"{curves.Length} trials of {epochs} epochs; the best one, {best.Number}, reaches {best.Value:F4}");

var timesLost = new Dictionary<int, int>();
foreach (int warmup in Enumerable.Range(0, epochs - 1))
{
    long ran = 0;
    int bestLost = 0;
    double found = 0;
    for (int order = 0; order < Orders; order++)
    {
        new Random(order).Shuffle(curves);
        using Study replay = Replay(curves, warmup);
        ran += replay.Trials.Sum(trial => trial.IntermediateValues.Count);
        found += replay.BestValue / Orders;
        FrozenTrial[] pruned = [.. replay.GetTrials(TrialState.Pruned).Select(trial => curves[trial.Number])];
        if (pruned.Contains(best)) bestLost++;
        if (warmup > 0) continue;
        foreach (FrozenTrial curve in pruned) timesLost[curve.Number] = timesLost.GetValueOrDefault(curve.Number) + 1;
    }
    Console.WriteLine(
        $"{warmup} warm-up steps: {100 * ran / (Orders * curves.Length * epochs)} % of the epochs, "
        + $"the best trial lost in {bestLost} of {Orders} orders, found {found:F4} on average");
}

Console.WriteLine("the five best trials, and how often they are lost without a warm-up:");
foreach (FrozenTrial curve in curves.OrderByDescending(curve => curve.Value).Take(5))
{
    string parameters = string.Join(", ", curve.Params.Select(parameter => $"{parameter.Key} {parameter.Value:G3}"));
    string values = string.Join(" ", curve.IntermediateValues.OrderBy(step => step.Key).Select(step => $"{step.Value:F2}"));
    Console.WriteLine($"trial {curve.Number}, lost in {timesLost.GetValueOrDefault(curve.Number)} of {Orders}: {parameters}");
    Console.WriteLine($"    {values}");
}

// snippet: course-pruned-objective
static Study Replay(FrozenTrial[] curves, int warmup)
{
    Study study = Study.Create(new StudyOptions
    {
        Direction = StudyDirection.Maximize,
        Pruner = new MedianPruner { NWarmupSteps = warmup },
    });
    study.Optimize(
        trial =>
        {
            FrozenTrial curve = curves[trial.Number];
            foreach ((long epoch, double accuracy) in curve.IntermediateValues.OrderBy(step => step.Key))
            {
                trial.Report(accuracy, epoch);      // what the pruner judges by
                if (trial.ShouldPrune()) throw new TrialPrunedException();
            }
            return curve.Value!.Value;
        },
        nTrials: curves.Length);
    return study;
}
// end
