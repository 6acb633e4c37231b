using Hpo.Interop;
using Hpo.Tests;

namespace Hpo.ParallelLauncher.Tests.Launches;

/// <summary>What a worker may be besides an executable.</summary>
public sealed class WorkerKindTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public WorkerKindTests() => PreparedStudy.CopyInto(_folder);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_project_is_built_once_and_run()
    {
        _folder.Write("myworker/myworker.csproj",
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
            </Project>
            """);
        _folder.Write("myworker/Program.cs", """System.Console.WriteLine("built " + string.Join(',', args));""");

        var (exitCode, launcher) = await RunAsync("myworker", "-n", "2", "--", "a");

        exitCode.Should().Be(WorkerExitCode.Success, launcher.Errors);
        launcher.Output.Should().Contain("[0] built a").And.Contain("[1] built a");
        launcher.Errors.Should().Contain("building ").And.Contain("myworker.csproj");
    }

    [Fact]
    public async Task A_project_that_does_not_build_is_refused_with_the_compilers_words()
    {
        _folder.Write("broken.csproj",
            """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>""");
        _folder.Write("Program.cs", "this is no C#");

        var (exitCode, launcher) = await RunAsync("broken.csproj", "-n", "2");

        exitCode.Should().Be(WorkerExitCode.Usage);
        launcher.Errors.Should().Contain("error CS");
    }

    [Fact]
    public async Task An_assembly_is_a_worker()
    {
        var (exitCode, launcher) = await RunAsync(Programs.DummyWorkerAssembly, "-n", "1", "--", "echo", "x");

        exitCode.Should().Be(WorkerExitCode.Success, launcher.Errors);
        launcher.Output.Should().Contain("""[0] ["x"]""");
    }

    private Task<(int ExitCode, LauncherProcess Launcher)> RunAsync(params string[] arguments) =>
        LauncherProcess.RunAsync(_folder, null, arguments);
}
