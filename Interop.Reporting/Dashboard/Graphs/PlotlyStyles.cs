using System.Security.Cryptography;
using System.Text;

namespace Hpo.Interop.Reporting.Dashboard.Graphs;

/// <summary>The styles that Plotly itself sets as attributes: a policy that has no <c>unsafe-inline</c> allows them by their hashes, and no others.</summary>
internal static class PlotlyStyles
{
    private static readonly string[] Styles =
    [
        "", // a colour bar's; also a style sheet that is made empty and filled by rules
        // A picture whose pixels are seen.
        "image-rendering: optimizeSpeed; image-rendering: -moz-crisp-edges; image-rendering: -o-crisp-edges; " +
        "image-rendering: -webkit-optimize-contrast; image-rendering: optimize-contrast; image-rendering: crisp-edges; image-rendering: pixelated; ",
        // Words in bold and the like, and links.
        "font-size:70%", "text-decoration:line-through", "text-decoration:underline", "font-weight:bold", "font-style:italic", "font-style:italic;font-weight:bold",
        "cursor:pointer",
    ];

    /// <summary>Sources of a policy's <c>style-src</c>.</summary>
    public static string Sources { get; } =
        $"'unsafe-hashes' {string.Join(' ', Styles.Select(style => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'"))}";
}
