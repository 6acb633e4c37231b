using Hpo.Interop.Pruners;
using Hpo.Interop.Samplers;
using Hpo.Interop.Visualization;
using Hpo.Tests;

namespace Hpo.Interop.Tests.Tutorials;

/// <summary>The code of docs/tutorials/key-features.md.</summary>
public sealed class KeyFeatureTutorials : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void First()
    {
        // snippet: first
        using Study study = Study.Create();
        study.Optimize(
            trial =>
            {
                double x = trial.SuggestFloat("x", -10, 10);
                return (x - 2) * (x - 2);
            },
            nTrials: 100);

        double found = (double)study.BestParams["x"]!;
        Console.WriteLine($"found x {found}, (x - 2)^2 is {study.BestValue}");

        // The same study goes on where it ended.
        study.Optimize(trial => Math.Pow(trial.SuggestFloat("x", -10, 10) - 2, 2), nTrials: 100);
        // end
        study.Trials.Should().HaveCount(200);
        study.BestValue.Should().BeLessThan(0.1);
    }

    [Fact]
    public void Configurations()
    {
        // snippet: configurations
        static double Objective(Trial trial)
        {
            string optimizer = trial.SuggestCategorical("optimizer", "MomentumSGD", "Adam");
            int layers = trial.SuggestInt("num_layers", 1, 3);
            int channels = trial.SuggestInt("num_channels", 32, 512, log: true);
            int units = trial.SuggestInt("num_units", 10, 100, step: 5);
            double dropout = trial.SuggestFloat("dropout_rate", 0.0, 1.0);
            double rate = trial.SuggestFloat("learning_rate", 1e-5, 1e-2, log: true);
            double path = trial.SuggestFloat("drop_path_rate", 0.0, 1.0, step: 0.1);

            // Branches and loops make the space what the objective needs.
            double momentum = optimizer == "Adam" ? 0 : trial.SuggestFloat("momentum", 0.5, 1);
            double width = 0;
            for (int layer = 0; layer < layers; layer++) width += trial.SuggestInt($"n_units_l{layer}", 4, 128, log: true);
            return width / channels + dropout + path + rate + momentum / units;
        }

        using Study study = Study.Create();
        study.Optimize(Objective, nTrials: 20);
        // end
        study.Trials.Should().Contain(trial => trial.Params.ContainsKey("momentum"))
            .And.OnlyContain(trial => trial.Params.ContainsKey($"n_units_l{(long)trial.Params["num_layers"]! - 1}"));
    }

    [Fact]
    public void Algorithms()
    {
        // snippet: algorithms
        using Study study = Study.Create(new StudyOptions
        {
            Sampler = new TpeSampler { Seed = 1, Multivariate = true },
            Pruner = new MedianPruner { NStartupTrials = 5, NWarmupSteps = 3 },
        });
        study.Optimize(
            trial =>
            {
                double alpha = trial.SuggestFloat("alpha", 1e-5, 1e-1, log: true);
                double error = 1;
                for (int step = 0; step < 20; step++)
                {
                    error *= 0.9 + alpha;              // one step of training
                    trial.Report(error, step);         // what the pruner judges by
                    if (trial.ShouldPrune()) throw new TrialPrunedException();
                }
                return error;
            },
            nTrials: 30);
        int pruned = study.GetTrials(TrialState.Pruned).Count;
        // end
        pruned.Should().BePositive();
    }

    [Fact]
    public void Plots()
    {
        string folder = _folder.Path;
        // snippet: visualization
        using Study study = Study.Create(new StudyOptions { Sampler = new TpeSampler { Seed = 1 } });
        study.Optimize(
            trial =>
            {
                double x = trial.SuggestFloat("x", -5, 5), y = trial.SuggestFloat("y", -5, 5);
                for (int step = 0; step < 5; step++) trial.Report(x * x + y + step, step);
                return x * x + y;
            },
            nTrials: 20);
        Draw(new OptimizationHistoryPlot(), "history.png");
        Draw(new ContourPlot { Params = ["x", "y"] }, "contour.png");
        Draw(new IntermediateValuesPlot(), "learning-curves.png");
        IReadOnlyDictionary<string, double> importances = study.Importance();

        void Draw(Plot plot, string file)
        {
            using MatplotlibFigure figure = plot.ToMatplotlib(study);
            File.WriteAllBytes(Path.Combine(folder, file), figure.ToPng());
        }
        // end
        Directory.GetFiles(folder, "*.png").Should().HaveCount(3);
        importances["x"].Should().BeGreaterThan(importances["y"]);
    }

    [Fact]
    public async Task Distributed()
    {
        string storage = $"sqlite:///{_folder.File("example.db")}";
        // snippet: distributed
        var options = new StudyOptions
        {
            Name = "distributed-example",
            Storage = storage,                          // e.g. mysql://user:password@host/database
            LoadIfExists = true,
        };
        // Any number of processes, on any number of machines, does just this:
        void Work()
        {
            using Study study = Study.Create(options);
            study.Optimize(
                trial => Math.Pow(trial.SuggestFloat("x", -10, 10) - 2, 2),
                new OptimizeOptions { TotalTrials = 20 });
        }
        // end
        Study.Create(options).Dispose(); // who comes first makes the tables
        await Task.WhenAll(Task.Run(Work), Task.Run(Work));
        Study.Load("distributed-example", storage).Trials.Should().HaveCount(20);
    }
}
