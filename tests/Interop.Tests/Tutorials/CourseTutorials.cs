using Hpo.Interop.Visualization;
using Hpo.Tests;

namespace Hpo.Interop.Tests.Tutorials;

/// <summary>The code of docs/course.md that is not part of its programs in docs/examples.</summary>
public sealed class CourseTutorials : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void LoadedStudy()
    {
        string url = $"sqlite:///{_folder.File("example.db")}";
        Study.Create(new StudyOptions { Name = "distributed-example", Storage = url, Direction = StudyDirection.Maximize }).Dispose();
        // snippet: course-load
        using Study study = Study.Load("distributed-example", url);
        study.Optimize(Objective, new OptimizeOptions { TotalTrials = 20 });
        Console.WriteLine($"{study.Trials.Count} trials, best {study.BestValue:F4}");
        // end
        study.Trials.Should().HaveCount(20);

        static double Objective(Trial trial) => 1 - Math.Abs(trial.SuggestFloat("x", -1, 1));
    }

    [Fact]
    public void Plots()
    {
        string url = $"sqlite:///{_folder.File("example.db")}", curvesFile = _folder.File("curves.png"), slicesFile = _folder.File("slices.png");
        using (Study made = Study.Create(new StudyOptions { Name = "fashion", Storage = url, Direction = StudyDirection.Maximize }))
        {
            made.Optimize(
                trial =>
                {
                    double rate = trial.SuggestFloat("learning_rate", 1e-6, 1, log: true);
                    for (int epoch = 0; epoch < 3; epoch++) trial.Report(1 - 1 / (1 + epoch + rate), epoch);
                    return rate;
                },
                nTrials: 5);
        }
        // snippet: course-plots
        using Study study = Study.Load("fashion", url);
        using MatplotlibFigure curves = new IntermediateValuesPlot().ToMatplotlib(study);
        File.WriteAllBytes(curvesFile, curves.ToPng());
        using MatplotlibFigure slices = new SlicePlot { Params = ["learning_rate"] }.ToMatplotlib(study);
        File.WriteAllBytes(slicesFile, slices.ToPng());
        // end
        new FileInfo(curvesFile).Length.Should().BeGreaterThan(5_000);
        new FileInfo(slicesFile).Length.Should().BeGreaterThan(5_000);
    }
}
