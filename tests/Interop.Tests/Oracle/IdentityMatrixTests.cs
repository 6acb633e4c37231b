using System.Text.Json;

namespace Hpo.Interop.Tests.Oracle;

/// <summary>
/// Every sampler with every pruner, one and two objectives, and every kind of space: a study driven from C# equals the one in
/// pure Python, trial by trial. Each two of these meet in some study; HPO_IDENTITY=full runs all combinations, and
/// HPO_IDENTITY=tpe,grid those of the samplers that it names.
/// </summary>
public sealed class IdentityMatrixTests(MatrixOracle oracle) : IClassFixture<MatrixOracle>
{
    private static readonly string[] InFull =
        (Environment.GetEnvironmentVariable("HPO_IDENTITY") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static readonly Lazy<bool> HasTorch = new(
        () => TestSupport.PythonImport.Succeeds(OptunaRuntime.Current.Python.Executable, "torch"));

    private static bool IsFull => InFull.Length > 0;

    public static TheoryData<string> Samplers =>
        [.. MatrixStudies.Samplers.Keys.Where(name => IsInstalled(name) && (InFull is [] or ["full"] || InFull.Contains(name)))];

    [Theory, MemberData(nameof(Samplers))]
    public async Task Studies_driven_from_csharp_equal_those_in_pure_python(string sampler)
    {
        string[] names = [.. Names(sampler)];
        Task<Dictionary<string, JsonElement>> python = oracle.RunAsync(names);
        var actual = names.ToDictionary(name => name, name => MatrixStudies.Run(name, MatrixOracle.Trials));

        Dictionary<string, JsonElement> expected = await python;
        var differences = new List<string>();
        int compared = 0;
        foreach ((string name, (IReadOnlyList<FrozenTrial> trials, string? error)) in actual)
        {
            string[] ours = [.. trials.Select(TrialFacts.Of).Prepend($"{error}")];
            string[] theirs =
            [
                .. expected[name].GetProperty("trials").EnumerateArray().Select(TrialFacts.Of)
                    .Prepend($"{expected[name].GetProperty("error").GetString()}"),
            ];
            compared += trials.Count;
            if (ours.SequenceEqual(theirs)) continue;
            int first = ours.Zip(theirs).TakeWhile(pair => pair.First == pair.Second).Count();
            differences.Add($"{name}: {ours.ElementAtOrDefault(first)} where Python has {theirs.ElementAtOrDefault(first)}");
        }
        TestContext.Current.TestOutputHelper!.WriteLine($"{sampler}: {names.Length} studies, {compared} trials, {differences.Count} differences");
        differences.Should().BeEmpty();
        compared.Should().BeGreaterThan(names.Length * 5);
    }

    [Fact]
    public void Each_two_of_sampler_pruner_objectives_and_space_meet()
    {
        string[][] studies = [.. MatrixStudies.Samplers.Keys.SelectMany(Names).Select(name => name.Split('/'))];
        string[][] dimensions =
        [
            [.. MatrixStudies.Samplers.Keys], [.. MatrixStudies.Pruners.Keys.Where(IsInstalled)], ["single", "multi"],
            [.. MatrixStudies.Spaces.Keys],
        ];
        for (int one = 0; one < dimensions.Length; one++)
        {
            for (int other = 0; other < one; other++)
            {
                var met = studies.Select(parts => (parts[one], parts[other])).ToHashSet();
                met.Should().HaveCount(dimensions[one].Length * dimensions[other].Length);
            }
        }
    }

    private static IEnumerable<string> Names(string sampler)
    {
        string[] pruners = [.. MatrixStudies.Pruners.Keys.Where(IsInstalled)], spaces = [.. MatrixStudies.Spaces.Keys];
        int row = MatrixStudies.Samplers.Keys.ToList().IndexOf(sampler);
        for (int column = 0; column < pruners.Length; column++)
        {
            foreach (bool isSingle in (bool[])[true, false])
            {
                // Shifted from row to row and between one and two objectives, so that each two meet.
                int space = row + column + (isSingle ? 0 : spaces.Length / 2);
                foreach (string kind in IsFull ? spaces : [spaces[space % spaces.Length]])
                    yield return $"{sampler}/{pruners[column]}/{(isSingle ? "single" : "multi")}/{kind}";
            }
        }
    }

    private static bool IsInstalled(string name) => name switch
    {
        "nsgaiii" => InstalledOptuna.IsAtLeast("3.2"),
        "gp" => InstalledOptuna.IsAtLeast("3.6") && HasTorch.Value,
        "wilcoxon" => InstalledOptuna.IsAtLeast("3.6"),
        _ => true,
    };
}
