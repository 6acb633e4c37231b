using Hpo.Interop.Reporting.Pages;

namespace Hpo.Interop.Reporting.Dashboard;

/// <summary>The dashboard's pages: frames without data, which their scripts fetch. Nothing from a storage is part of them.</summary>
internal static class DashboardPage
{
    // In the order in which they build on each other.
    private static readonly string[] Scripts =
    [
        "list.js", "dialog.js", "follow.js", "tables.js", "artifacts.js", "graphs.js", "logs.js", "launches.js", "live.js", "versus.js", "forms.js", "candidates.js", "changes.js",
    ];

    /// <summary>The page of the list of studies.</summary>
    public static string List { get; } = Frame("list");

    /// <summary>The page of one study, whose name its address holds.</summary>
    public static string Study { get; } = Frame("live");

    /// <summary>The page of several studies, whose names its address holds.</summary>
    public static string Comparison { get; } = Frame("versus");

    /// <summary>The report's style sheet and the dashboard's own.</summary>
    public static string Style { get; } = $"{ReportPage.Style}\n{Read("dashboard.css")}";

    /// <summary>The report's scripts and the dashboard's own.</summary>
    public static string Script { get; } = string.Join("\n", [ReportPage.Script, .. Scripts.Select(Read)]);

    private static string Frame(string kind) => ReportPage.Frame("Optuna studies", kind, "/page.css", "/page.js");

    private static string Read(string asset) => PageAsset.Read("Dashboard", asset);
}
