namespace Hpo.Interop.Tests.Oracle;

/// <summary>
/// Every sampler with every pruner, one and two objectives, and every kind of space: a study driven from C# equals the one in
/// pure Python, trial by trial. Each two of these meet in some study; HPO_IDENTITY=full runs all combinations, and
/// HPO_IDENTITY=tpe,grid those of the samplers that it names.
/// </summary>
public sealed class IdentityMatrixTests(MatrixOracle oracle) : IClassFixture<MatrixOracle>
{
    private static readonly Lazy<bool> HasTorch = new(
        () => TestSupport.PythonImport.Succeeds(OptunaRuntime.Current.Python.Executable, "torch"));

    public static TheoryData<string> Samplers =>
        [.. MatrixStudies.Samplers.Keys.Where(name => IsInstalled(name) && InFull.Includes(name))];

    [Theory, MemberData(nameof(Samplers))]
    public async Task Studies_driven_from_csharp_equal_those_in_pure_python(string sampler)
    {
        string[] names = [.. Names(sampler)];
        StudyComparison compared = await oracle.CompareAsync(names, name => MatrixStudies.Run(name, MatrixOracle.Trials));
        TestContext.Current.TestOutputHelper!.WriteLine($"{sampler}: {compared}");
        compared.Differences.Should().BeEmpty();
        compared.TrialCount.Should().BeGreaterThan(names.Length * 3); // less where a package is too old for this Optuna
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
                foreach (string kind in InFull.IsAsked ? spaces : [spaces[space % spaces.Length]])
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
