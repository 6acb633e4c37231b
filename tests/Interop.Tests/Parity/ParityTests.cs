using System.Text;
using System.Text.Json;
using Hpo.Tests;

namespace Hpo.Interop.Tests.Parity;

/// <summary>docs/parity.md, against the public names of the installed Optuna.</summary>
public sealed class ParityTests
{
    private static readonly Lazy<Task<string[]>> InstalledNames = new(ReadInstalledNamesAsync);

    private static readonly string Version =
        string.Join('.', OptunaRuntime.Current.Python.OptunaVersion.Split('.').Take(2));

    [Fact]
    public async Task Every_public_name_of_Optuna_has_a_member_or_a_reason()
    {
        string[] names = await InstalledNames.Value;
        names.Should().HaveCountGreaterThan(400);
        names.Where(name => ParityMap.Explain(name) is null).Should().BeEmpty();
    }

    [Fact]
    public async Task The_table_is_that_of_the_installed_Optuna()
    {
        string file = Path.Combine(Sources.Root, "docs", "parity.md");
        ParityTable table = ParityTable.Read(File.Exists(file) ? await File.ReadAllTextAsync(file) : "");
        bool isUpdating = Sources.AreDocsUpdated;
        if (!isUpdating && !table.Versions.Contains(Version))
        {
            table.Versions.Should().Contain(["3.1", "4.1", "4.9", "5.0"], "the table is committed for these versions");
            return;
        }

        var current = (await InstalledNames.Value)
            .ToDictionary(name => name, name => ParityMap.Explain(name) ?? "Unexplained.");
        string expected = table.With(Version, current).ToMarkdown();
        if (isUpdating) await File.WriteAllTextAsync(file, expected, new UTF8Encoding(false));
        (await File.ReadAllTextAsync(file)).Should().Be(expected, $"{Sources.UpdateVariable}=1 writes it anew");
    }

    [Fact]
    public void A_name_without_member_and_reason_is_found() =>
        ParityMap.Explain("optuna.study.Study.unheard_of").Should().BeNull();

    private static async Task<string[]> ReadInstalledNamesAsync()
    {
        string script = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Parity", "public_names.py"));
        return JsonSerializer.Deserialize<string[]>(await PythonOracle.RunAsync(script))!;
    }
}
