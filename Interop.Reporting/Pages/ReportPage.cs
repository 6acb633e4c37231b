using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Hpo.Interop.Reporting.Snapshots;

namespace Hpo.Interop.Reporting.Pages;

/// <summary>
/// The page that shows studies: static assets, which are embedded in the assembly, around the JSON of snapshots. It asks
/// the network for nothing, and its content security policy forbids it to.
/// </summary>
internal static partial class ReportPage
{
    /// <summary>The scripts in the order in which they build on each other, Apache ECharts first.</summary>
    private static readonly string[] Scripts =
    [
        "echarts.js", "format.js", "press.js", "snapshot.js", "theme.js", "charts.js", "options.js", "points.js", "curves.js", "export.js", "plots.js", "values.js", "parameters.js", "surface.js",
        "graph.js", "columns.js", "table.js", "note.js", "evaluation.js", "preferences.js", "study.js", "trial.js", "views.js", "compare.js", "page.js",
    ];

    /// <summary>The page's style sheet.</summary>
    public static string Style { get; } = AsBrowsersRead(Read("page.css"));

    /// <summary>
    /// The page's scripts as one. Without data in the page, <c>hpo.showStudy(snapshot)</c> shows a study, and shows it anew
    /// when it is called again; what the reader chose stays.
    /// </summary>
    public static string Script { get; } = AsBrowsersRead(string.Join("\n", Scripts.Select(Read)));

    /// <summary>The page of one study.</summary>
    public static string OfStudy(StudySnapshot snapshot) =>
        Html($"{snapshot.Name} – study report", "study", SnapshotJson.Write(snapshot));

    /// <summary>The page that compares studies.</summary>
    public static string OfComparison(IReadOnlyList<StudySnapshot> snapshots) =>
        Html($"{string.Join(", ", snapshots.Select(snapshot => snapshot.Name))} – comparison", "comparison", SnapshotJson.Write(snapshots));

    /// <summary>A page without data, whose style sheet and script a server has.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="kind">What its script shows.</param>
    /// <param name="style">The style sheet's address.</param>
    /// <param name="script">The script's address.</param>
    public static string Frame(string title, string kind, string style, string script) =>
        Policy().Replace(Read("page.html"), "")
            .Replace("{{title}}", WebUtility.HtmlEncode(title)).Replace("{{kind}}", kind).Replace("{{data}}", "")
            .Replace("<style>{{style}}</style>", $"<link rel=\"stylesheet\" href=\"{style}\">")
            .Replace("<script>{{script}}</script>", $"<script src=\"{script}\"></script>");

    // The server's own policy holds for its pages.
    [GeneratedRegex("<meta http-equiv=\"Content-Security-Policy\".*?>\\s*")]
    private static partial Regex Policy();

    /// <summary>Puts a page together. The data is JSON that is escaped for HTML.</summary>
    private static string Html(string title, string kind, string json)
    {
        var page = new StringBuilder(Read("page.html"));
        // The large parts last: they may contain the placeholders of the small ones.
        page.Replace("{{title}}", WebUtility.HtmlEncode(title)).Replace("{{kind}}", kind).Replace("{{style-hash}}", StyleHash).Replace("{{script-hash}}", ScriptHash);
        string[] parts = page.ToString().Split("{{style}}", "{{data}}", "{{script}}");
        return string.Concat(parts[0], Style, parts[1], json, parts[2], Script, parts[3]);
    }

    // The policy lets run and apply what has these hashes, and nothing that a study could bring along.
    private static string StyleHash { get; } = Hash(Style);

    private static string ScriptHash { get; } = Hash(Script);

    private static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    // They know one kind of line end.
    private static string AsBrowsersRead(string text) => text.ReplaceLineEndings("\n");

    private static string[] Split(this string text, params string[] placeholders) => text.Split(placeholders, StringSplitOptions.None);

    private static string Read(string asset) => PageAsset.Read("Pages", asset);
}
