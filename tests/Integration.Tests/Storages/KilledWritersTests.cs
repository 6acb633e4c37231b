using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Hpo.Tests;

namespace Hpo.Integration.Tests.Storages;

/// <summary>Writers of the native MySQL storage that are killed in the middle of their writes.</summary>
public sealed class KilledWritersTests(DatabaseServer server)
{
    // Each kill cuts several writers, which are anywhere in their writes, at once.
    private const int Kills = 50;
    private const int WritersOfEach = 4;
    private const int AtATime = 2;
    private const int Seed = 20261124;

    // Some trials' worth of writes.
    private const int LongestMilliseconds = 25;

    private const string Read =
        """
        import json, sys, optuna
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        study = optuna.load_study(study_name="killed", storage=sys.argv[1])
        print(json.dumps([
            [trial.number, trial.state.name, trial.values, trial.params, trial.intermediate_values, trial.user_attrs]
            for trial in study.trials
        ]))
        """;

    private const string Make = "import sys, optuna; optuna.create_study(study_name='killed', storage=sys.argv[1])";

    [Fact]
    public async Task The_study_always_loads_and_no_acknowledged_trial_is_lost()
    {
        server.Require();
        await server.ExecuteAsync("CREATE DATABASE killed_writers CHARACTER SET utf8mb4");
        string url = server.Url("killed_writers");
        await PythonOracle.RunAsync(Make, url);
        var acknowledged = new List<int>();
        var random = new Random(Seed);
        for (int kill = 0; kill < Kills; kill += AtATime)
        {
            int[][] finished = await Task.WhenAll(Enumerable.Range(0, AtATime).Select(_ =>
                KillAsync(url, TimeSpan.FromMilliseconds(random.NextDouble() * LongestMilliseconds))));
            acknowledged.AddRange(finished.SelectMany(numbers => numbers));
        }

        using var trials = JsonDocument.Parse(await PythonOracle.RunAsync(Read, url));
        JsonElement[] read = [.. trials.RootElement.EnumerateArray()];
        read.Select(trial => trial[0].GetInt32()).Should().Equal(Enumerable.Range(0, read.Length));
        acknowledged.Should().OnlyHaveUniqueItems().And.HaveCountGreaterThan(Kills);
        foreach (int number in acknowledged)
        {
            double x = 1.0 / (1 + number);
            read[number].GetRawText().Should().Be(string.Create(CultureInfo.InvariantCulture,
                $$$"""[{{{number}}}, "COMPLETE", [{{{Python(x)}}}], {"x": {{{Python(x)}}}}, {"0": {{{Python(x)}}}}, {"number": {{{number}}}}]"""));
        }

        // The others were begun by writers that did not live to finish them.
        read.Count(trial => trial[1].GetString() == "RUNNING").Should().BeInRange(1, Kills * WritersOfEach);
        read.Select(trial => trial[1].GetString()).Should().OnlyContain(state => state == "COMPLETE" || state == "RUNNING");
    }

    /// <summary>Kills a writer so long after its start of writing; gives the trials that it was told are stored.</summary>
    private static async Task<int[]> KillAsync(string url, TimeSpan after)
    {
        using var writer = Process.Start(new ProcessStartInfo(Programs.DummyWorker, ["write-trials", url, "killed", $"{WritersOfEach}"])
        {
            RedirectStandardOutput = true,
        })!;
        var numbers = new List<int>();
        // Its first trials take longest, since .NET compiles them: the clock starts when one is stored.
        while (numbers.Count == 0)
        {
            string? line = await writer.StandardOutput.ReadLineAsync();
            line.Should().NotBeNull();
            numbers.Add(int.Parse(line!, CultureInfo.InvariantCulture));
        }

        await Task.Delay(after);
        writer.Kill();
        string rest = await writer.StandardOutput.ReadToEndAsync();
        // A line that the kill has cut does not end.
        numbers.AddRange(rest.Split('\n')[..^1].Select(line => int.Parse(line, CultureInfo.InvariantCulture)));
        await writer.WaitForExitAsync();
        return [.. numbers];
    }

    private static string Python(double x) => x == 1 ? "1.0" : x.ToString("R", CultureInfo.InvariantCulture);
}
