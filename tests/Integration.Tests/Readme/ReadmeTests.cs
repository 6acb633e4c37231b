using CliWrap.Buffered;
using Hpo.Tests;

namespace Hpo.Integration.Tests.Readme;

/// <summary>The README's programs, compiled and run as a reader does it: outside the clone.</summary>
public sealed class ReadmeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_study_in_CSharp_runs()
    {
        await CreateAsync("study");
        BufferedCommandResult run = await RunAsync("study");
        run.ExitCode.Should().Be(0, run.StandardOutput + run.StandardError);
        run.StandardOutput.Should().MatchRegex(@"best \d+\.\d{4} with rate [\d.]+");
    }

    [Fact]
    public async Task The_reader_s_own_worker_runs_under_the_launcher()
    {
        string source = await CreateAsync("myworker");
        source.Split('\n').Should().HaveCountLessThanOrEqualTo(22);
        BufferedCommandResult launch = await Programs.RunAsync(
            Programs.Launcher, _folder.Path, "myworker", "--num_parallel", "2");

        launch.ExitCode.Should().Be(0, launch.StandardOutput + launch.StandardError);
        launch.StandardOutput.Should().Contain("[0] ").And.Contain("[1] ").And.Contain("trials, best ");
        launch.StandardOutput.Should().Contain("20 complete");
    }

    [Fact]
    public async Task The_program_of_the_page_about_pythonnet_runs()
    {
        string source = await CreateAsync("objects", "docs/pythonnet.md", "program: python-objects");
        source.Split('\n').Should().HaveCountLessThanOrEqualTo(36);
        BufferedCommandResult run = await RunAsync("objects");
        run.ExitCode.Should().Be(0, run.StandardOutput + run.StandardError);
        run.StandardOutput.Should().MatchRegex(@"^\d+ trials, x = -4, 4, … best 0\.00\d\d");
    }

    private Task<BufferedCommandResult> RunAsync(string project) => Programs.RunAsync(
        "dotnet", _folder.Path, "run", "--project", project, "-c", "Release", "--property", "TreatWarningsAsErrors=true");

    // What the README's commands do: a new console project, a reference to Interop, the snippet as its program.
    private Task<string> CreateAsync(string name) => CreateAsync(name, "README.md", $"snippet: {name}");

    private async Task<string> CreateAsync(string name, string page, string mark)
    {
        string text = await File.ReadAllTextAsync(Path.Combine(Programs.Root, page));
        string source = text.Split($"<!-- {mark} -->\n```csharp\n")[1].Split("```")[0];
        foreach (string[] arguments in (string[][])
                 [
                     ["new", "console", "-n", name],
                     ["add", name, "reference", Path.Combine(Programs.Root, "Interop", "Interop.csproj")],
                 ])
        {
            BufferedCommandResult result = await Programs.RunAsync("dotnet", _folder.Path, arguments);
            result.ExitCode.Should().Be(0, result.StandardOutput + result.StandardError);
        }
        _folder.Write($"{name}/Program.cs", source);
        return source;
    }
}
