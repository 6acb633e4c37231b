using Hpo.Integration.Tests.Trainer;
using Hpo.Tests;
using Microsoft.Playwright;

namespace Hpo.Integration.Tests.Reporting;

/// <summary>A dashboard shows what happens while its page is open.</summary>
public sealed class LiveDashboardTests(ChromiumBrowser browser) : IDisposable
{
    private readonly TrainerInFolder _trainer = new();

    public void Dispose() => _trainer.Dispose();

    [Fact]
    public async Task A_new_trial_of_a_running_study_appears_by_itself()
    {
        await _trainer.JsonAsync("tune", "digits", "--n-trials", "2", "--seed", "1", "--study", "live");
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(_trainer.Storage);
        await using OpenedPage page = await browser.OpenAsync(dashboard.StudyUrl("live"));
        await page.Page.WaitForFunctionAsync("() => document.querySelectorAll('#content tbody tr').length === 2");

        await PythonOracle.RunAsync(
            "import sys, optuna; s = optuna.load_study(study_name='live', storage=sys.argv[1]); s.add_trial(s.trials[0])", _trainer.Storage);

        await page.Page.WaitForFunctionAsync("() => document.querySelectorAll('#content tbody tr').length === 3");
        await page.DrawnAsync();
        (await page.PaintedPlotsAsync()).Should().Contain(["Optimization history", "Timeline", "Parallel coordinates"]);
        // Importances are found beside it, by Optuna.
        await page.Page.WaitForFunctionAsync(
            "() => [...document.querySelectorAll('figure')].some(f => f.querySelector('h3').textContent === 'Parameter importances' && !f.querySelector('.plot').hidden)");
        page.Complaints.Should().BeEmpty();
        page.Requests.Should().OnlyContain(url => url.StartsWith(dashboard.Url("/"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_study_of_the_same_name_has_importances_of_its_own()
    {
        const string Made =
            """
            import sys, optuna
            if any(s.study_name == "again" for s in optuna.get_all_study_summaries(sys.argv[1])):
                optuna.delete_study(study_name="again", storage=sys.argv[1])
            study = optuna.create_study(study_name="again", storage=sys.argv[1], sampler=optuna.samplers.RandomSampler(seed=1))
            study.optimize(lambda trial: trial.suggest_float(sys.argv[2], 0, 1), n_trials=6)
            """;
        await PythonOracle.RunAsync(Made, _trainer.Storage, "before");
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(_trainer.Storage, "--importance", "mean-decrease-impurity");
        await using OpenedPage page = await browser.OpenAsync(dashboard.StudyUrl("again"));
        ILocator plot = page.Page.Locator("figure", new() { HasText = "Parameter importances" }).Locator(".plot");
        await Assertions.Expect(plot).ToHaveAttributeAsync("aria-label", "Parameter importances: before 1.00.", new() { Timeout = 30_000 });

        // It has as many complete trials, of the same keys, and nobody looked while it was made.
        await page.Page.GotoAsync("about:blank");
        await PythonOracle.RunAsync(Made, _trainer.Storage, "after");

        await page.Page.GotoAsync(dashboard.StudyUrl("again"));
        await Assertions.Expect(plot).ToHaveAttributeAsync("aria-label", "Parameter importances: after 1.00.", new() { Timeout = 30_000 });
        dashboard.Messages.Should().NotContain(line => line.Contains("A new study created", StringComparison.Ordinal), "the copies that Optuna computes on are nobody's studies");
    }
}
