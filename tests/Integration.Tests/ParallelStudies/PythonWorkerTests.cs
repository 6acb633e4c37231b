using System.Text.Json;
using CliWrap.Buffered;
using Hpo.Interop;
using Hpo.Tests;

namespace Hpo.Integration.Tests.ParallelStudies;

/// <summary>Workers in Python whose trials are C#, beside workers in C#, on one study in MySQL.</summary>
public sealed class PythonWorkerTests(DatabaseServer server) : IDisposable
{
    private const int Total = 12;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Python_and_native_workers_share_a_study_and_its_budget()
    {
        server.Require();
        string url = server.Url("python_workers");
        string script = Path.Combine(Programs.Root, "docs", "examples", "worker.py");

        // A native worker gives the study its settings; it would not go on with a study that has none.
        BufferedCommandResult first = await LaunchAsync(url, 2, Programs.Trainer, "--", "tune", "digits");
        BufferedCommandResult[] launches = await Task.WhenAll(
            LaunchAsync(url, Total, script),
            LaunchAsync(url, Total, Programs.Trainer, "--", "tune", "digits"));

        first.ExitCode.Should().Be(0, first.StandardOutput + first.StandardError);
        foreach (BufferedCommandResult launch in launches)
            launch.ExitCode.Should().Be(0, launch.StandardOutput + launch.StandardError);
        launches[0].StandardOutput.Should().Contain("[0] ").And.Contain("[1] ").And.Contain($"{Total} trials, best ");
        BufferedCommandResult results = await Programs.RunAsync(
            Programs.Trainer, _folder.Path, "results", "--study", "shared", "--storage", url, "--json");
        results.ExitCode.Should().Be(0, results.StandardError);
        using JsonDocument document = JsonDocument.Parse(results.StandardOutput);
        JsonElement trials = document.RootElement.GetProperty("trials");
        (trials.GetProperty("complete").GetInt32() + trials.GetProperty("pruned").GetInt32()).Should().Be(Total);
        trials.EnumerateObject().Sum(state => state.Value.GetInt32()).Should().Be(Total);
    }

    private async Task<BufferedCommandResult> LaunchAsync(string url, int total, string worker, params string[] arguments) =>
        await Programs.Command(
                Programs.Launcher, _folder.Path,
                [worker, "--num_parallel", "2", "--study", "shared", "--direction", "maximize", "--total-trials", $"{total}", .. arguments])
            .WithEnvironmentVariables(variables => variables
                .Set(WorkerEnvironment.StorageVariable, url)
                .Set(PythonLocator.Variable, Programs.Python)
                .Set("PYTHONPATH", Path.Combine(Programs.Root, "Interop", "python"))
                .Set("HPO_DOTNET_ASSEMBLIES", AppContext.BaseDirectory))
            .ExecuteBufferedAsync();
}
