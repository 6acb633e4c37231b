using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Hpo.Interop.Importance;
using Hpo.Interop.Samplers;
using Hpo.Interop.Visualization;

namespace Hpo.Interop.Tests.Visualization;

/// <summary>Optuna's plots of real studies, as pages, JSON and images.</summary>
public sealed partial class PlotTests : IDisposable
{
    private readonly Study _study = Single();
    private readonly Study _front = Front();

    // Plots that every Optuna from 3.1 has, each with what Optuna calls it.
    private static readonly Dictionary<string, Plot> Plots = new()
    {
        ["contour"] = new ContourPlot { Params = ["x", "rate"] },
        ["edf"] = new EdfPlot(),
        ["intermediate values"] = new IntermediateValuesPlot(),
        ["history"] = new OptimizationHistoryPlot(),
        ["parallel coordinate"] = new ParallelCoordinatePlot { Params = ["x", "rate"] },
        ["importances"] = new ParamImportancesPlot { Evaluator = new MeanDecreaseImpurityImportanceEvaluator { Seed = 1 } },
        ["slice"] = new SlicePlot(),
        ["pareto front"] = new ParetoFrontPlot { TargetNames = ["loss", "cost"] },
    };

    // Plots of later versions, with the version that brought them.
    private static readonly Dictionary<string, (Plot Plot, Version Since)> LaterPlots = new()
    {
        ["rank"] = (new RankPlot { Params = ["x", "rate"] }, new Version(3, 2)),
        ["timeline"] = (new TimelinePlot(), new Version(3, 2)),
        ["terminator improvement"] = (new TerminatorImprovementPlot { MinNTrials = 5 }, new Version(3, 2)),
        ["hypervolume history"] = (new HypervolumeHistoryPlot([20, 20]), new Version(3, 3)),
    };

    public static TheoryData<string> Names => [.. Plots.Keys];

    public static TheoryData<string> LaterNames => [.. LaterPlots.Keys];

    public void Dispose()
    {
        _study.Dispose();
        _front.Dispose();
    }

    [Theory, MemberData(nameof(Names))]
    public void A_plot_is_json_with_data_and_a_page_that_loads_nothing(string name)
    {
        using PlotlyFigure figure = Plots[name].ToPlotly(StudyOf(name));

        JsonElement json = JsonDocument.Parse(figure.ToJson()).RootElement;
        json.GetProperty("data").GetArrayLength().Should().BePositive();
        json.GetProperty("layout").GetProperty("title").GetProperty("text").GetString().Should().NotBeEmpty();
        string page = figure.ToHtml();
        page.Should().MatchRegex(@"\A(<!doctype html>\s*)?<html>", "a whole page, with the first line that Plotly has from 7 on").And.Contain("Plotly.newPlot");
        ExternalSource().Matches(page).Should().BeEmpty();
    }

    [Theory, MemberData(nameof(Names))]
    public void A_plot_is_a_picture_with_Matplotlib(string name)
    {
        using MatplotlibFigure figure = Plots[name].ToMatplotlib(StudyOf(name));

        figure.ToPng(400, 300)[..8].Should().Equal(0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A);
        XElement svg = XDocument.Parse(figure.ToSvg()).Root!;
        svg.Name.LocalName.Should().Be("svg");
        svg.Descendants().Count(element => element.Name.LocalName == "path").Should().BeGreaterThan(5);
    }

    [Theory, MemberData(nameof(LaterNames))]
    public void A_plot_of_a_later_Optuna_is_drawn_or_names_the_version_that_has_it(string name)
    {
        (Plot plot, Version since) = LaterPlots[name];
        Study study = name.StartsWith("hypervolume", StringComparison.Ordinal) ? _front : _study;
        if (InstalledOptuna.IsAtLeast($"{since}"))
        {
            InstalledOptuna.From($"{since}", Draw, module: plot is TerminatorImprovementPlot ? "torch" : null);
            return;
        }

        void Draw()
        {
            using PlotlyFigure drawn = plot.ToPlotly(study);
            drawn.ToHtml().Should().Contain("Plotly.newPlot");
        }

        FluentActions.Invoking(() => plot.ToPlotly(study))
            .Should().Throw<OptunaFeatureException>().WithMessage($"*{plot.ClassName}*install Optuna {since} or later.");
        FluentActions.Invoking(() => plot.ToMatplotlib(study))
            .Should().Throw<OptunaFeatureException>().WithMessage($"*{plot.ClassName}*install Optuna {since} or later.");
    }

    [Fact]
    public void A_target_in_csharp_is_what_a_plot_shows()
    {
        var plot = new SlicePlot { Params = ["x"], Target = trial => trial.Number * 10, TargetName = "tens" };
        using PlotlyFigure figure = plot.ToPlotly(_study);

        JsonElement json = JsonDocument.Parse(figure.ToJson()).RootElement;
        json.GetProperty("layout").GetProperty("yaxis").GetProperty("title").GetProperty("text").GetString().Should().Be("tens");
        json.GetProperty("data")[0].GetProperty("y").EnumerateArray().Select(value => value.GetDouble())
            .Should().Equal(_study.GetTrials(TrialState.Complete).Select(trial => trial.Number * 10.0));
    }

    [Fact]
    public void Studies_are_compared_where_the_plot_does_so()
    {
        using Study other = Single();
        using PlotlyFigure figure = new EdfPlot().ToPlotly(_study, other);

        JsonDocument.Parse(figure.ToJson()).RootElement.GetProperty("data").GetArrayLength().Should().Be(2);
        FluentActions.Invoking(() => new SlicePlot().ToPlotly(_study, other))
            .Should().Throw<ArgumentException>().WithMessage("SlicePlot shows one study, not 2.*");
    }

    [Fact]
    public void The_same_figure_gives_the_same_svg()
    {
        using MatplotlibFigure figure = new OptimizationHistoryPlot().ToMatplotlib(_study);
        figure.ToSvg().Should().Be(figure.ToSvg());
    }

    [Fact]
    public void Without_kaleido_an_image_of_Plotly_is_refused_with_the_way_that_needs_none()
    {
        using PlotlyFigure figure = new OptimizationHistoryPlot().ToPlotly(_study);
        if (TestSupport.PythonImport.Succeeds(OptunaRuntime.Current.Python.Executable, "kaleido"))
        {
            Encoding.ASCII.GetString(figure.ToPng(400, 300)[1..4]).Should().Be("PNG");
            return;
        }

        FluentActions.Invoking(() => figure.ToPng())
            .Should().Throw<OptunaFeatureException>().WithMessage("*kaleido*pip install kaleido*ToMatplotlib*");
    }

    private Study StudyOf(string plot) => plot == "pareto front" ? _front : _study;

    private static Study Single()
    {
        Study study = Study.Create(new StudyOptions { Sampler = new RandomSampler { Seed = 3 } });
        study.Optimize(
            trial =>
            {
                double x = trial.SuggestFloat("x", -5, 5), rate = trial.SuggestFloat("rate", 1e-4, 1, log: true);
                for (int step = 0; step < 4; step++) trial.Report(x * x + rate + step, step);
                if (trial.Number == 3) throw new TrialPrunedException();
                return x * x + rate + (trial.SuggestCategorical("kind", "a", "b") == "a" ? 1 : 0);
            },
            15);
        return study;
    }

    private static Study Front()
    {
        Study study = Study.Create(new StudyOptions
        {
            Directions = [StudyDirection.Minimize, StudyDirection.Minimize],
            Sampler = new RandomSampler { Seed = 3 },
        });
        study.Optimize(
            trial =>
            {
                double x = trial.SuggestFloat("x", 0, 3);
                return (IReadOnlyList<double>)[x * x, (x - 2) * (x - 2)];
            },
            new OptimizeOptions { NTrials = 12 });
        return study;
    }

    [GeneratedRegex("""<(script|link|img|iframe)[^>]*\b(src|href)=""")]
    private static partial Regex ExternalSource();
}
