using System.IO.Compression;
using System.Text.Json.Nodes;
using CliWrap.Buffered;
using Hpo.Interop;

namespace Hpo.Integration.Tests.Trainer;

/// <summary>Mistakes with tables, their studies and their models: each a line with the remedy, and its exit code.</summary>
public sealed class BadTableCommandTests : IDisposable
{
    private const string Entry = "hpo/model.json";

    private readonly TrainerInFolder _trainer = new();

    public void Dispose() => _trainer.Dispose();

    [Fact]
    public async Task Results_and_predictions_refuse_what_has_changed_or_is_no_model()
    {
        string train = Write("train.csv", 60);
        string test = Write("test.csv", 20);
        await RunAsync("tune", "table", "--data", train, "--target", "y", "--test", test, "--models", "lbfgs", "--n-trials", "1");
        await RunAsync("results", "--study", "table", "--save", "model.zip");

        BufferedCommandResult keys = await RunAsync("predict", "--model", "model.zip", "--data", test, "--keep", "b", "--keep", "b");
        keys.StandardOutput.Split('\n')[0].Trim().Should().Be("b,prediction");

        Change("model.zip", "newer.zip", description => new JsonObject { ["version"] = 7, ["other"] = description["model"]!.GetValue<string>() });
        Change("model.zip", "null.zip", description => { description["columns"] = null; return description; });
        Change("model.zip", "plain.zip", _ => null);
        await RefusedAsync(WorkerExitCode.Environment, "it is of form 7, and this program knows 1. Use a newer NativeTrainer.", "predict", "--model", "newer.zip", "--data", test);
        await RefusedAsync(WorkerExitCode.Environment, "it is no model of a table", "predict", "--model", "null.zip", "--data", test);
        await RefusedAsync(WorkerExitCode.Environment, $"it has no entry {Entry}", "predict", "--model", "plain.zip", "--data", test);
        await RefusedAsync(WorkerExitCode.Environment, "it lacks the column 'b'", "predict", "--model", "model.zip", "--data", Write("less.csv", 20, without: "b"));

        await RefusedAsync(WorkerExitCode.Failure, "cannot be written", "results", "--study", "table", "--save", "missing/model.zip");
        Write("test.csv", 21);
        await RefusedAsync(WorkerExitCode.Usage, $"{test} is not the table that the study was made with", "results", "--study", "table", "--evaluate");
        Write("train.csv", 61);
        await RefusedAsync(WorkerExitCode.Usage, $"{train} is not the table that the study was made with", "results", "--study", "table", "--evaluate");
    }

    [Fact]
    public async Task Nothing_is_saved_of_studies_that_have_no_such_model()
    {
        await RunAsync("tune", "digits", "--n-trials", "1");
        await RefusedAsync(WorkerExitCode.Usage, "the study 'digits' is over no table", "results", "--save", "model.zip");

        // Without a feature that varies no linear model is left.
        File.WriteAllText(_trainer.File("flat.csv"), $"a,y\n{string.Concat(Enumerable.Range(0, 40).Select(row => $"{(row == 0 ? "1" : "")},{row * 7 % 11}.5\n"))}");
        BufferedCommandResult tuned = await RunAsync("tune", "table", "--data", "flat.csv", "--target", "y", "--models", "sdca", "--n-trials", "1");
        tuned.StandardError.Should().NotContain("   at ");
        if (tuned.StandardOutput.Contains("1 COMPLETE", StringComparison.Ordinal)) return;
        await RefusedAsync(WorkerExitCode.Usage, "has no complete trial", "results", "--study", "table", "--save", "model.zip");
    }

    private string Write(string name, int rows, string without = "")
    {
        string[] columns = [.. ((string[])["a", "b", "y"]).Where(column => column != without)];
        IEnumerable<string> lines = Enumerable.Range(0, rows).Select(row => string.Join(',', columns.Select(column => column switch
        {
            "a" => $"{row * 7 % 11}.5",
            "b" => row % 3 == 0 ? "red" : "blue",
            _ => $"{row * 7 % 11 * 2}.25",
        })));
        string path = _trainer.File(name);
        File.WriteAllText(path, $"{string.Join(',', columns)}\n{string.Join('\n', lines)}\n");
        return path;
    }

    private void Change(string from, string to, Func<JsonObject, JsonObject?> change)
    {
        File.Copy(_trainer.File(from), _trainer.File(to));
        using ZipArchive archive = ZipFile.Open(_trainer.File(to), ZipArchiveMode.Update);
        ZipArchiveEntry entry = archive.GetEntry(Entry)!;
        JsonObject description;
        using (Stream stream = entry.Open()) description = JsonNode.Parse(stream)!.AsObject();
        entry.Delete();
        if (change(description) is not { } changed) return;
        using var writer = new StreamWriter(archive.CreateEntry(Entry).Open());
        writer.Write(changed.ToJsonString());
    }

    private async Task<BufferedCommandResult> RunAsync(params string[] arguments)
    {
        BufferedCommandResult result = await _trainer.RunAsync(arguments);
        result.ExitCode.Should().Be(WorkerExitCode.Success, result.StandardError);
        return result;
    }

    private async Task RefusedAsync(int exitCode, string message, params string[] arguments)
    {
        BufferedCommandResult result = await _trainer.RunAsync(arguments);
        result.StandardError.Should().Contain(message).And.NotContain("   at ").And.NotContain("Traceback");
        result.ExitCode.Should().Be(exitCode, result.StandardError);
        result.StandardOutput.Should().BeEmpty();
    }
}
