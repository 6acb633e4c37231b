using System.Text.RegularExpressions;

namespace Hpo.Integration.Tests.Readme;

/// <summary>The commands of docs/course.md with the output that the page shows for them.</summary>
internal static partial class CoursePage
{
    private const string Categories = "True|False|ReLU|Tanh|RReLU|LeakyReLU|ELU";

    public static string File => Path.Combine(Programs.Root, "docs", "course.md");

    /// <summary>The commands of a section, in the page's order.</summary>
    public static IReadOnlyList<CourseCommands> Section(string heading)
    {
        string[] sections = System.IO.File.ReadAllText(File).Split("\n## ");
        string section = sections.Single(text => text.StartsWith(heading, StringComparison.Ordinal));
        return [.. Block().Matches(section).Select(match => new CourseCommands(match.Groups["bash"].Value, match.Groups["text"].Value))];
    }

    /// <summary>The headings of the sections that have commands.</summary>
    public static IEnumerable<string> Sections() => System.IO.File.ReadAllText(File).Split("\n## ").Skip(1)
        .Where(text => Block().IsMatch(text)).Select(text => text.Split('\n')[0]);

    /// <summary>What a line of the page stands for: other numbers and choices, and anything for "…".</summary>
    public static Regex Pattern(string line)
    {
        string pattern = Regex.Escape(line.Trim());
        pattern = States().Replace(pattern, @"\d+\ trials:\ .+");
        pattern = Number().Replace(pattern, @"[-+]?[\d.,]+([Ee][-+]?\d+)?");
        pattern = Regex.Replace(pattern, $@"\b({Categories})\b", $"({Categories})");
        pattern = Spaces().Replace(pattern, @"\s+");
        pattern = Rules().Replace(pattern, "─+");
        return new Regex($"^{pattern.Replace("…", ".*", StringComparison.Ordinal)}$", RegexOptions.None, TimeSpan.FromSeconds(5));
    }

    [GeneratedRegex(@"```bash\n(?<bash>.*?)```(\n\n```text\n(?<text>.*?)```)?", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\d+\\ trials:\\ .*")]
    private static partial Regex States();

    // Names such as "n_estimators" and "MNIST-1" have none.
    [GeneratedRegex(@"(?<![\w.])-?\d+(,\d{3})*(\\\.\d+)*([Ee][-+]?\d+)?")]
    private static partial Regex Number();

    [GeneratedRegex(@"(\\ )+")]
    private static partial Regex Spaces();

    [GeneratedRegex("─+")]
    private static partial Regex Rules();
}

/// <summary>A block of commands, and the output that the page shows for it; empty where it shows none.</summary>
internal sealed record CourseCommands(string Bash, string Output)
{
    /// <summary>The lines that a smaller study prints, too: few trials are not pruned.</summary>
    public IEnumerable<string> OutputLines => Output.Split('\n').Where(
        line => line.Trim().Length > 0 && line.Trim() != "…" && !line.Contains(": PRUNED ", StringComparison.Ordinal));
}
