#:project ../../Interop/Interop.csproj
#:property RestorePackagesWithLockFile=false
#:property PublishAot=false
// Draws every plot that the installed Optuna has, into a folder: pictures with Matplotlib, pages with Plotly.
//   dotnet run docs/examples/plots.cs -- FOLDER
using Hpo.Interop;
using Hpo.Interop.Importance;
using Hpo.Interop.Pruners;
using Hpo.Interop.Samplers;
using Hpo.Interop.Visualization;

string folder = Directory.CreateDirectory(args is [var named] ? named : "plots").FullName;

using Study study = Study.Create(new StudyOptions
{
    Sampler = new TpeSampler { Seed = 1 },
    Pruner = new MedianPruner { NWarmupSteps = 2 },
});
study.Optimize(GradientDescent, nTrials: 60);

using Study front = Study.Create(new StudyOptions
{
    Directions = [StudyDirection.Minimize, StudyDirection.Minimize],
    Sampler = new NsgaIISampler { Seed = 1 },
});
front.Optimize(ErrorAndCost, new OptimizeOptions { NTrials = 80 });

Plot[] plots =
[
    new OptimizationHistoryPlot(), new IntermediateValuesPlot(), new SlicePlot(),
    new ParamImportancesPlot { Evaluator = new FanovaImportanceEvaluator { Seed = 1 } },
    new ContourPlot { Params = ["rate", "momentum"] }, new ParallelCoordinatePlot(), new EdfPlot(),
    new ParetoFrontPlot { TargetNames = ["error", "cost"] },
    new RankPlot { Params = ["rate", "momentum"] }, new TimelinePlot(), new HypervolumeHistoryPlot([2, 5]),
];
foreach (Plot plot in plots)
{
    string name = plot.GetType().Name[..^"Plot".Length];
    Study shown = plot is ParetoFrontPlot or HypervolumeHistoryPlot ? front : study;
    try
    {
        using MatplotlibFigure picture = plot.ToMatplotlib(shown);
        File.WriteAllBytes(Path.Combine(folder, $"{name}.png"), picture.ToPng(plot is SlicePlot ? 1200 : 800, plot is SlicePlot ? 400 : 500));
        using PlotlyFigure page = plot.ToPlotly(shown);
        File.WriteAllText(Path.Combine(folder, $"{name}.html"), page.ToHtml());
        Console.WriteLine($"drawn: {name}");
    }
    catch (OptunaFeatureException exception)
    {
        Console.WriteLine($"not here: {exception.Message}");
    }
}

foreach ((string parameter, double importance) in study.Importance(new FanovaImportanceEvaluator { Seed = 1 }))
    Console.WriteLine($"{parameter}: {importance:F3}");

// Twenty steps down a narrow valley; a rate that is too high climbs out of it.
static double GradientDescent(Trial trial)
{
    double rate = trial.SuggestFloat("rate", 1e-3, 0.3, log: true);
    double momentum = trial.SuggestFloat("momentum", 0, 0.95);
    bool nesterov = trial.SuggestCategorical("nesterov", true, false);
    (double x, double y, double dx, double dy) = (4, 1, 0, 0);
    double error = 0;
    for (int step = 0; step < 20; step++)
    {
        double ahead = nesterov ? momentum : 0;
        dx = momentum * dx - rate * (x + ahead * dx);
        dy = momentum * dy - rate * 10 * (y + ahead * dy);
        (x, y) = (x + dx, y + dy);
        error = Math.Min(1e3, 0.5 * x * x + 5 * y * y);
        trial.Report(error, step);
        if (trial.ShouldPrune()) throw new TrialPrunedException();
    }
    return error;
}

static IReadOnlyList<double> ErrorAndCost(Trial trial)
{
    double size = trial.SuggestFloat("size", 0.1, 4), care = trial.SuggestFloat("care", 0, 1);
    return [1 / (size + care) + 0.2 * care, size + care * care];
}
