using System.Diagnostics;
using System.Text.Json;

namespace Hpo.Interop.Tests.Oracle;

/// <summary>One pure Python that runs the studies of a script, a line of names at a time.</summary>
public abstract class StudyOracle : IDisposable
{
    private readonly string _script;
    private readonly Process _python;

    private protected StudyOracle(string script, params string[] arguments)
    {
        _script = script;
        _python = Process.Start(new ProcessStartInfo(
            OptunaRuntime.Current.Python.Executable,
            [Path.Combine(AppContext.BaseDirectory, "Oracle", script), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }

    /// <summary>Compares studies with those of the same names in pure Python. One call at a time.</summary>
    /// <param name="names">The studies.</param>
    /// <param name="run">Runs one of them from C#: its trials, and the Python error that it ended with.</param>
    internal async Task<StudyComparison> CompareAsync(
        string[] names, Func<string, (IReadOnlyList<FrozenTrial> Trials, string? Error)> run)
    {
        Task<Dictionary<string, JsonElement>> python = RunAsync(names);
        var actual = names.ToDictionary(name => name, run);

        Dictionary<string, JsonElement> expected = await python;
        var differences = new List<string>();
        foreach ((string name, (IReadOnlyList<FrozenTrial> trials, string? error)) in actual)
        {
            string[] ours = [.. trials.Select(TrialFacts.Of).Prepend($"{error}")];
            string[] theirs =
            [
                .. expected[name].GetProperty("trials").EnumerateArray().Select(TrialFacts.Of)
                    .Prepend($"{expected[name].GetProperty("error").GetString()}"),
            ];
            if (ours.SequenceEqual(theirs)) continue;
            int first = ours.Zip(theirs).TakeWhile(pair => pair.First == pair.Second).Count();
            differences.Add($"{name}: {ours.ElementAtOrDefault(first)} where Python has {theirs.ElementAtOrDefault(first)}");
        }
        return new StudyComparison(actual.ToDictionary(pair => pair.Key, pair => pair.Value.Trials), differences);
    }

    public void Dispose()
    {
        _python.StandardInput.Close();
        _python.WaitForExit();
        _python.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task<Dictionary<string, JsonElement>> RunAsync(string[] names)
    {
        await _python.StandardInput.WriteLineAsync(JsonSerializer.Serialize(names));
        await _python.StandardInput.FlushAsync();
        string? line = await _python.StandardOutput.ReadLineAsync();
        return JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(
            line ?? throw new InvalidOperationException($"{_script} ended: its error is on standard error."))!;
    }
}

/// <summary>What a comparison has found: each study's trials, and the first difference of each study that has one.</summary>
internal sealed record StudyComparison(IReadOnlyDictionary<string, IReadOnlyList<FrozenTrial>> Trials, IReadOnlyList<string> Differences)
{
    public int TrialCount => Trials.Values.Sum(trials => trials.Count);

    public override string ToString() => $"{Trials.Count} studies, {TrialCount} trials, {Differences.Count} differences";
}
