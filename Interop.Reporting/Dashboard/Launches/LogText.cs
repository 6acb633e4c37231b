using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Hpo.Interop.Launches;
using Hpo.Interop.Storages;

namespace Hpo.Interop.Reporting.Dashboard.Launches;

/// <summary>Makes text to read of what programs wrote for terminals, or for whoever looks at them.</summary>
internal static partial class LogText
{
    private const int LongestLine = 4096;

    /// <summary>The lines without colours, moves of the cursor, control characters and passwords in URLs.</summary>
    public static string Of(LogTail tail)
    {
        string[] lines = tail.Text.Split('\n');
        // Of the first one only the end is there.
        return string.Join('\n', lines.Skip(tail.IsCut ? 1 : 0).Select(Line));
    }

    private static string Line(string line)
    {
        line = Sequences().Replace(line, "").TrimEnd('\r');
        // A progress bar writes its line anew.
        line = line[(line.LastIndexOf('\r') + 1)..];
        if (line.Length > LongestLine) line = $"{line[..LongestLine]} …";
        var text = new StringBuilder(line.Length);
        foreach (char letter in line)
        {
            if (!IsHidden(letter)) text.Append(letter);
        }
        return StorageUrl.MaskAll(text.ToString());
    }

    // Beside control characters those that turn the direction of what follows: a line would read as another one.
    private static bool IsHidden(char letter) => letter != '\t'
        && (char.GetUnicodeCategory(letter) is UnicodeCategory.Control || letter is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));

    // CSI, then OSC and other strings up to their end, then the short ones.
    [GeneratedRegex(@"(?:\x1B\[|\x9B)[0-?]*[ -/]*[@-~]?|\x1B[\]PX^_][^\x07\x1B]*(?:\x07|\x1B\\)?|\x1B[ -/]*[0-~]?", RegexOptions.CultureInvariant)]
    private static partial Regex Sequences();
}
