using System.Text.RegularExpressions;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Hpo.ParallelLauncher.Display;

/// <summary>A line that scrolls above a live display: it first erases the part of the display that it is written over.</summary>
internal sealed partial class LineAboveLive(string prefix, Color color, string text) : Renderable
{
    private const string EraseBelow = "\u001b[J";

    // A worker's own colours and cursor movements would tear the display apart.
    [GeneratedRegex(@"\x1b\[[0-9;?]*[ -/]*[@-~]|\p{Cc}", RegexOptions.CultureInvariant)]
    private static partial Regex Controls();

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var line = new Paragraph();
        line.Append(prefix, new Style(color));
        line.Append(Controls().Replace(text.Replace('\t', ' '), ""));
        return [Segment.Control(EraseBelow), .. ((IRenderable)line).Render(options, maxWidth), Segment.LineBreak];
    }
}
