using System.IO.Compression;
using CliWrap.Buffered;
using Hpo.Tests;

namespace Hpo.Integration.Tests.Packages;

/// <summary>The packages, consumed from a folder by projects outside the clone as their users do.</summary>
public sealed class PackageTests : IDisposable
{
    private const string Version = "0.1.0";

    private readonly TemporaryFolder _folder = new();

    private string Packages => _folder.File("packages");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_worker_from_the_template_runs_under_the_launcher_from_its_package()
    {
        foreach (string project in (string[])["Interop", "ParallelLauncher", "templates"]) await PackAsync(project);
        CheckLibrary();
        _folder.Write("nuget.config", NuGetConfig());

        await DotnetAsync("new", "install", Path.Combine(Packages, $"Hpo.Templates.{Version}.nupkg"));
        await DotnetAsync("new", "hpo-worker", "-n", "myworker");
        await DotnetAsync("build", "myworker", "--property", "TreatWarningsAsErrors=true");
        await DotnetAsync("tool", "install", "Hpo.ParallelLauncher", "--tool-path", "tools", "--version", Version);

        string worker = Directory.GetFiles(_folder.File("myworker"), "myworker.dll", SearchOption.AllDirectories)
            .First(file => file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}"));
        BufferedCommandResult launch = await Programs.RunAsync(
            _folder.File("tools/ParallelLauncher"), _folder.Path, worker, "--num_parallel", "2", "--total-trials", "6");
        launch.ExitCode.Should().Be(0, launch.StandardOutput + launch.StandardError);
        launch.StandardOutput.Should().Contain("trials, best ");
    }

    private async Task PackAsync(string project) => await DotnetAsync(
        "pack", Path.Combine(Programs.Root, project), "--no-build", "--configuration", "Release", "--output", Packages);

    private void CheckLibrary()
    {
        using ZipArchive library = ZipFile.OpenRead(Path.Combine(Packages, $"Hpo.Interop.{Version}.nupkg"));
        library.Entries.Select(entry => entry.FullName).Should().Contain(
            ["PACKAGE.md", "lib/net10.0/Hpo.Interop.dll", "lib/net10.0/Hpo.Interop.xml"]);
        using var reader = new StreamReader(library.GetEntry("Hpo.Interop.nuspec")!.Open());
        reader.ReadToEnd().Should().Contain("<license type=\"expression\">MIT</license>").And.Contain("<readme>PACKAGE.md</readme>")
            .And.NotContain("pythonnet.dll");
        using ZipArchive symbols = ZipFile.OpenRead(Path.Combine(Packages, $"Hpo.Interop.{Version}.snupkg"));
        symbols.Entries.Select(entry => entry.FullName).Should().Contain("lib/net10.0/Hpo.Interop.pdb");
    }

    // What the packages depend on is in the user's package folder since the build: no network is needed.
    private string NuGetConfig()
    {
        string user = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{_folder.File("cache")}" /></config>
              <fallbackPackageFolders><clear /><add key="user" value="{user}" /></fallbackPackageFolders>
              <packageSources><clear /><add key="local" value="{Packages}" /></packageSources>
            </configuration>
            """;
    }

    private async Task DotnetAsync(params string[] arguments)
    {
        BufferedCommandResult result = await Programs.Command("dotnet", _folder.Path, arguments)
            .WithEnvironmentVariables(variables => variables
                .Set("DOTNET_CLI_HOME", _folder.Path)
                .Set("NUGET_PACKAGES", null)
                .Set("MSBUILDDISABLENODEREUSE", "1")
                .Set("DOTNET_CLI_USE_MSBUILD_SERVER", "0")
                .Set("DOTNET_NOLOGO", "1"))
            .ExecuteBufferedAsync();
        result.ExitCode.Should().Be(0, $"dotnet {string.Join(' ', arguments)}: {result.StandardOutput}{result.StandardError}");
    }
}
