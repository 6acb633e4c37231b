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

    [Fact]
    public async Task The_page_about_tables_has_an_objective_in_CSharp_that_runs()
    {
        await CreateAsync("objective", "docs/tables.md", "program: tables-objective", "NativeTrainer");
        _folder.Write("houses.csv", Houses.Csv(120));
        BufferedCommandResult run = await RunAsync("objective");
        run.ExitCode.Should().Be(0, run.StandardOutput + run.StandardError);
        run.StandardOutput.Should().MatchRegex(@"^rmse \d+ with (lightgbm|sdca)");
    }

    [Fact]
    public async Task A_program_with_ML_NET_alone_loads_a_saved_model()
    {
        string csv = string.Join('\n', Houses.Csv(120).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(',')).Select(fields => string.Join(',', fields[0], fields[1], fields[2], fields[3], fields[6])));
        _folder.Write("houses.csv", csv);
        string[][] commands =
        [
            ["tune", "table", "--data", "houses.csv", "--target", "price", "--models", "sdca", "--n-trials", "2", "--folds", "2"],
            ["results", "--study", "table", "--save", "model.zip"],
        ];
        foreach (string[] command in commands)
        {
            BufferedCommandResult ran = await Programs.RunAsync(Programs.Trainer, _folder.Path, command);
            ran.ExitCode.Should().Be(0, ran.StandardError);
        }

        await CreateAsync("mlnet", "docs/tables.md", "program: tables-mlnet", reference: null);
        // The versions that this project pins: what ML.NET itself asks for is not in every registry.
        _folder.Write("mlnet/Directory.Build.targets", """
            <Project>
              <ItemGroup>
                <PackageReference Include="Microsoft.ML" Version="5.0.1" />
                <PackageReference Include="System.Numerics.Tensors" Version="9.0.19" />
              </ItemGroup>
            </Project>
            """);
        BufferedCommandResult run = await RunAsync("mlnet");

        run.ExitCode.Should().Be(0, run.StandardOutput + run.StandardError);
        run.StandardOutput.Should().StartWith("size Single, rooms Single, city String, garden String").And.MatchRegex(@"price \d{6}");
    }

    private Task<BufferedCommandResult> RunAsync(string project) => Programs.RunAsync(
        "dotnet", _folder.Path, "run", "--project", project, "-c", "Release", "--property", "TreatWarningsAsErrors=true");

    // What the README's commands do: a new console project, a reference to Interop, the snippet as its program.
    private Task<string> CreateAsync(string name) => CreateAsync(name, "README.md", $"snippet: {name}");

    private async Task<string> CreateAsync(string name, string page, string mark, string? reference = "Interop")
    {
        string text = await File.ReadAllTextAsync(Path.Combine(Programs.Root, page));
        string source = text.Split($"<!-- {mark} -->\n```csharp\n")[1].Split("```")[0];
        foreach (string[] arguments in (string[][])
                 [
                     ["new", "console", "-n", name],
                     .. reference is null ? (string[][])[] : [["add", name, "reference", Path.Combine(Programs.Root, reference, $"{reference}.csproj")]],
                 ])
        {
            BufferedCommandResult result = await Programs.RunAsync("dotnet", _folder.Path, arguments);
            result.ExitCode.Should().Be(0, result.StandardOutput + result.StandardError);
        }
        _folder.Write($"{name}/Program.cs", source);
        return source;
    }
}
