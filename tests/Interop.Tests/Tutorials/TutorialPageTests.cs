using System.Text;
using System.Text.RegularExpressions;

namespace Hpo.Interop.Tests.Tutorials;

/// <summary>
/// The pages show the very code that is compiled and run: by the tests of this folder, and by the programs of docs/examples.
/// </summary>
public sealed partial class TutorialPageTests
{
    public static TheoryData<string> Pages => ["tutorials/key-features.md", "tutorials/recipes.md", "course.md"];

    [Theory, MemberData(nameof(Pages))]
    public async Task A_page_shows_the_code_that_runs(string page)
    {
        string file = Path.Combine(Sources.Root, "docs", page);
        string text = await File.ReadAllTextAsync(file);
        IReadOnlyDictionary<string, string> snippets = await ReadSnippetsAsync();
        string expected = Block().Replace(text, block =>
            $"<!-- snippet: {block.Groups["name"].Value} -->\n```csharp\n{snippets[block.Groups["name"].Value]}```");
        if (Sources.AreDocsUpdated) await File.WriteAllTextAsync(file, expected, new UTF8Encoding(false));
        (await File.ReadAllTextAsync(file)).Should().Be(expected, $"{Sources.UpdateVariable}=1 writes it anew");
        Block().Count(text).Should().BePositive();
    }

    [Fact]
    public async Task Every_snippet_is_shown_on_a_page()
    {
        string shown = string.Concat(Pages.Select(row => File.ReadAllText(Path.Combine(Sources.Root, "docs", row.Data))));
        (await ReadSnippetsAsync()).Keys.Should().OnlyContain(name => shown.Contains($"<!-- snippet: {name} -->"));
    }

    private static async Task<IReadOnlyDictionary<string, string>> ReadSnippetsAsync()
    {
        var snippets = new Dictionary<string, string>();
        IEnumerable<string> files =
        [
            .. Directory.EnumerateFiles(Path.Combine(Sources.Root, "tests", "Interop.Tests", "Tutorials"), "*Tutorials.cs"),
            .. Directory.EnumerateFiles(Path.Combine(Sources.Root, "docs", "examples"), "*.cs"),
        ];
        foreach (string file in files)
        {
            foreach (Match match in Snippet().Matches(await File.ReadAllTextAsync(file)))
                snippets.Add(match.Groups["name"].Value, Outdent(match.Groups["code"].Value));
        }
        return snippets;
    }

    private static string Outdent(string code)
    {
        string[] lines = code.TrimEnd().Split('\n');
        int indent = lines.Where(line => line.Trim().Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Concat(lines.Select(line => (line.Length > indent ? line[indent..] : "") + "\n"));
    }

    [GeneratedRegex(@"<!-- snippet: (?<name>[\w-]+) -->\n```csharp\n.*?```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^ *// snippet: (?<name>[\w-]+)\n(?<code>.*?)^ *// end$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Snippet();
}
