using System.Text;
using System.Text.Json;
using Hpo.Tests;

namespace Hpo.Interop.Tests.Parity;

/// <summary>docs/parity.md, against the public names of the installed Optuna.</summary>
public sealed class ParityTests
{
    private const string Update = "HPO_UPDATE_DOCS";

    // These come with parts of the library that are not here yet.
    private static readonly string[] Awaited =
        ["optuna.importance.", "optuna.visualization.", "optuna.study.Study.trials_dataframe"];

    private static readonly string Version =
        string.Join('.', OptunaRuntime.Current.Python.OptunaVersion.Split('.').Take(2));

    [Fact]
    public async Task Every_public_name_of_Optuna_has_a_member_or_a_reason()
    {
        string[] names = await InstalledNamesAsync();
        names.Should().HaveCountGreaterThan(400);
        names.Where(name => ParityMap.Explain(name) is null && !IsAwaited(name)).Should().BeEmpty();
    }

    [Fact]
    public async Task The_table_is_that_of_the_installed_Optuna()
    {
        string file = Path.Combine(SourceFolder(), "docs", "parity.md");
        ParityTable table = ParityTable.Read(File.Exists(file) ? await File.ReadAllTextAsync(file) : "");
        bool isUpdating = Environment.GetEnvironmentVariable(Update) == "1";
        if (!isUpdating && !table.Versions.Contains(Version))
        {
            table.Versions.Should().Contain(["3.1", "4.1"], "the table is committed for these versions");
            return;
        }

        var current = (await InstalledNamesAsync())
            .ToDictionary(name => name, name => ParityMap.Explain(name) ?? "To come.");
        string expected = table.With(Version, current).ToMarkdown();
        if (isUpdating) await File.WriteAllTextAsync(file, expected, new UTF8Encoding(false));
        (await File.ReadAllTextAsync(file)).Should().Be(expected, $"{Update}=1 writes it anew");
    }

    [Fact]
    public void A_name_without_member_and_reason_is_found() =>
        ParityMap.Explain("optuna.study.Study.unheard_of").Should().BeNull();

    private static bool IsAwaited(string name) =>
        Awaited.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    private static async Task<string[]> InstalledNamesAsync()
    {
        string script = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Parity", "public_names.py"));
        return JsonSerializer.Deserialize<string[]>(await PythonOracle.RunAsync(script))!;
    }

    private static string SourceFolder()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Hpo.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run below the sources.");
    }
}
