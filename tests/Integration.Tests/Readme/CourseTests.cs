using System.Globalization;
using System.Text.RegularExpressions;
using CliWrap.Buffered;
using Hpo.Tests;

namespace Hpo.Integration.Tests.Readme;

/// <summary>
/// Every command of docs/course.md, run as a student does it but with few trials, epochs and images; what they print is held
/// against what the page shows.
/// </summary>
public sealed partial class CourseTests(DatabaseServer server) : IDisposable
{
    private const string Mark = "=== end of block ";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Sections => [.. CoursePage.Sections()];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Sections))]
    public async Task The_commands_of_a_section_run_and_print_what_the_page_shows(string section)
    {
        IReadOnlyList<CourseCommands> blocks = CoursePage.Section(section);
        string all = string.Concat(blocks.Select(block => block.Bash));
        if (all.Contains("scripts/start-mysql", StringComparison.Ordinal)) server.Require();
        string commands = string.Concat(blocks.Select((block, index) => $"{Small(block.Bash)}\necho '{Mark}{index}'\n"));

        BufferedCommandResult run = await RunAsync(commands);

        run.ExitCode.Should().Be(0, run.StandardOutput);
        string[] outputs = EndOfBlock().Split(run.StandardOutput);
        for (int index = 0; index < blocks.Count; index++)
        {
            string[] printed = [.. outputs[index].Split('\n').Select(line => line.Trim())];
            foreach (string line in blocks[index].OutputLines)
            {
                Regex pattern = CoursePage.Pattern(line);
                printed.Should().Contain(actual => pattern.IsMatch(actual), $"the page shows \"{line}\" for\n{blocks[index].Bash}\n{outputs[index]}");
            }
        }
    }

    [Fact]
    public async Task Every_exercise_of_the_module_is_on_the_page()
    {
        string[] lines = await File.ReadAllLinesAsync(CoursePage.File);
        string[] steps = ["5.1", "5.2", "5.3", "6.1", "6.2", "6.3", "6.4", "6.5", "6.6", "6.7", "6.8", "7.1", "7.2", "7.3", "7.4", "7.5", "7.6"];
        foreach (string heading in steps.Select(step => $"### {step} ").Concat(Enumerable.Range(1, 7).Select(exercise => $"## Exercise {exercise}: ")))
            lines.Should().ContainSingle(line => line.StartsWith(heading, StringComparison.Ordinal));
    }

    // The same commands for a test: some of their numbers are smaller, and the programs are those beside the tests.
    private static string Small(string commands)
    {
        string small = Comment().Replace(commands, "").Replace(" \\\n", " ", StringComparison.Ordinal)
            .Replace("docs/examples/course.cs", $"{Programs.Root}/docs/examples/course.cs -- 3 2", StringComparison.Ordinal)
            .Replace(" docs/examples/", $" {Programs.Root}/docs/examples/", StringComparison.Ordinal);
        small = Limited().Replace(small, match =>
        {
            int most = match.Groups["option"].Value switch { "epochs" => 2, "subset" => 300, _ => 3 };
            int number = int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
            return $"--{match.Groups["option"].Value} {Math.Min(number, most)}";
        });
        // Commands that name no size take all there is.
        return string.Join('\n', small.Replace("in 0 1 2", "in 0", StringComparison.Ordinal).Split('\n').Select(line => line.TrimEnd()
            + (OnImages().IsMatch(line) && !line.Contains("--subset", StringComparison.Ordinal) ? " --subset 300" : "")
            + (OnImages().IsMatch(line) && !line.Contains("--epochs", StringComparison.Ordinal) ? " --epochs 1" : "")
            + (line.Contains("tune digits", StringComparison.Ordinal) ? " --folds 2" : "")));
    }

    private async Task<BufferedCommandResult> RunAsync(string commands)
    {
        string url = server.Kind.Missing is null ? server.Url("hpo", "root", "").Replace(":@", "@", StringComparison.Ordinal) : "";
        _folder.WriteProgram("scripts/start-mysql", $"#!/bin/sh\necho '{url}'\n");
        foreach (string script in (string[])["setup", "stop-mysql"]) _folder.WriteProgram($"scripts/{script}");
        string file = _folder.Write(
            "commands.sh",
            $"""
            exec 2>&1
            set -eu
            PATH='{AppContext.BaseDirectory}':'{Path.GetDirectoryName(Programs.Python)}':$PATH
            export PYTHONPATH='{Programs.Root}/Interop/python'
            # Runs that are so short gain nothing by profiles.
            export DOTNET_TieredPGO=0
            {commands}
            """);
        return await Programs.RunAsync("bash", _folder.Path, file);
    }

    [GeneratedRegex("^=== end of block .*\n", RegexOptions.Multiline)]
    private static partial Regex EndOfBlock();

    [GeneratedRegex(@"\s+# .*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"--(?<option>n-trials|total-trials|epochs|subset) (?<number>\d+)")]
    private static partial Regex Limited();

    [GeneratedRegex(@"\b(train|tune) (fashion|corrupted-mnist|mnist)\b")]
    private static partial Regex OnImages();
}
