using Hpo.Integration.Tests.Trainer;
using Hpo.Tests;
using Microsoft.Playwright;

namespace Hpo.Integration.Tests.Reporting;

/// <summary>How soon a dashboard shows what happens: it holds a time, so nothing runs beside it.</summary>
[CollectionDefinition(nameof(LiveDashboardTests), DisableParallelization = true)]
[Collection(nameof(LiveDashboardTests))]
public sealed class LiveDashboardTests(ChromiumBrowser browser) : IClassFixture<ChromiumBrowser>, IDisposable
{
    private readonly TrainerInFolder _trainer = new();

    public void Dispose() => _trainer.Dispose();

    [Fact]
    public async Task A_new_trial_of_a_running_study_appears_within_two_seconds()
    {
        await _trainer.JsonAsync("tune", "digits", "--n-trials", "2", "--seed", "1", "--study", "live");
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(_trainer.Storage);
        await using OpenedPage page = await browser.OpenAsync(dashboard.StudyUrl("live"));
        await page.Page.WaitForFunctionAsync("() => document.querySelectorAll('#content tbody tr').length === 2");

        await PythonOracle.RunAsync(
            "import sys, optuna; s = optuna.load_study(study_name='live', storage=sys.argv[1]); s.add_trial(s.trials[0])", _trainer.Storage);

        await page.Page.WaitForFunctionAsync(
            "() => document.querySelectorAll('#content tbody tr').length === 3", null, new PageWaitForFunctionOptions { Timeout = 2000 });
        await page.DrawnAsync();
        (await page.PaintedPlotsAsync()).Should().Contain(["Optimization history", "Timeline", "Parallel coordinates"]);
        // Importances are found beside it, by Optuna.
        await page.Page.WaitForFunctionAsync(
            "() => [...document.querySelectorAll('figure')].some(f => f.querySelector('h3').textContent === 'Parameter importances' && !f.querySelector('.plot').hidden)");
        page.Complaints.Should().BeEmpty();
        page.Requests.Should().OnlyContain(url => url.StartsWith(dashboard.Url("/"), StringComparison.Ordinal));
    }
}
