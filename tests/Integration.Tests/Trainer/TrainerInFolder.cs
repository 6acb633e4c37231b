using System.Text.Json;
using CliWrap.Buffered;
using Hpo.Tests;

namespace Hpo.Integration.Tests.Trainer;

/// <summary>NativeTrainer in a folder of its own, which goes away with it.</summary>
internal sealed class TrainerInFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Path => _folder.Path;

    /// <summary>The URL of the storage that the commands use when none is named.</summary>
    public string Storage => $"sqlite:///{File("hpo.db")}";

    public string File(string name) => _folder.File(name);

    public Task<BufferedCommandResult> RunAsync(params string[] arguments) =>
        Programs.RunAsync(Programs.Trainer, Path, arguments);

    /// <summary>Runs a command that has to succeed, and gives its JSON document.</summary>
    public async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        BufferedCommandResult result = await RunAsync([.. arguments, "--json"]);
        result.ExitCode.Should().Be(0, result.StandardError);
        return JsonDocument.Parse(result.StandardOutput).RootElement;
    }

    public void Dispose() => _folder.Dispose();
}
