using CliWrap.Buffered;
using Hpo.Tests;

namespace Hpo.Integration.Tests.Packages;

/// <summary>A user's folder outside the clone, whose only package source holds what was packed into it.</summary>
internal sealed class PackageFolder : IDisposable
{
    public const string Version = "0.1.0";

    private readonly TemporaryFolder _folder = new();

    public PackageFolder() => _folder.Write("nuget.config", NuGetConfig());

    public string Path => _folder.Path;

    private string Packages => _folder.File("packages");

    public void Dispose() => _folder.Dispose();

    public string File(string name) => _folder.File(name);

    public string Write(string name, string text) => _folder.Write(name, text);

    public string Package(string name) => System.IO.Path.Combine(Packages, name);

    /// <summary>A program's project in a folder of its own.</summary>
    public void WriteProject(string name, string package) => Write(
        $"{name}/{name}.csproj",
        $"""
         <Project Sdk="Microsoft.NET.Sdk">
           <PropertyGroup>
             <OutputType>Exe</OutputType>
             <TargetFramework>net10.0</TargetFramework>
             <ImplicitUsings>enable</ImplicitUsings>
             <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
           </PropertyGroup>
           <ItemGroup><PackageReference Include="{package}" Version="{Version}" /></ItemGroup>
         </Project>
         """);

    public async Task PackAsync(params string[] projects)
    {
        foreach (string project in projects)
        {
            await DotnetAsync(
                "pack", System.IO.Path.Combine(Programs.Root, project), "--no-build", "--configuration", "Release", "--output", Packages);
        }
    }

    /// <summary>Installs a tool from its package.</summary>
    /// <returns>The tool's program.</returns>
    /// <param name="name">The package's name, without what all have in common.</param>
    /// <param name="command">The tool's command; null where it is the package's name.</param>
    public async Task<string> InstallToolAsync(string name, string? command = null)
    {
        await DotnetAsync("tool", "install", $"Hpo.{name}", "--tool-path", "tools", "--version", Version);
        return File($"tools/{command ?? name}");
    }

    public async Task DotnetAsync(params string[] arguments)
    {
        BufferedCommandResult result = await Programs.Command("dotnet", Path, arguments)
            .WithEnvironmentVariables(variables => variables
                .Set("DOTNET_CLI_HOME", Path)
                .Set("NUGET_PACKAGES", null)
                .Set("MSBUILDDISABLENODEREUSE", "1")
                .Set("DOTNET_CLI_USE_MSBUILD_SERVER", "0")
                .Set("DOTNET_NOLOGO", "1"))
            .ExecuteBufferedAsync();
        result.ExitCode.Should().Be(0, $"dotnet {string.Join(' ', arguments)}: {result.StandardOutput}{result.StandardError}");
    }

    // What the packages depend on is in the user's package folder since the build: no network is needed.
    private string NuGetConfig()
    {
        string user = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? System.IO.Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{File("cache")}" /></config>
              <fallbackPackageFolders><clear /><add key="user" value="{user}" /></fallbackPackageFolders>
              <packageSources><clear /><add key="local" value="{Packages}" /></packageSources>
            </configuration>
            """;
    }
}
