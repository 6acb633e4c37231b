using System.Text;

namespace Hpo.Interop.Tests.Parity;

/// <summary>The table of docs/parity.md: each name of Optuna with what C# has for it, and the versions that have it.</summary>
internal sealed class ParityTable
{
    private const string Head =
        """
        # Optuna's names in C#

        Every public name of Optuna, with the member of `Hpo.Interop` that corresponds to it or the reason why there is none, and
        those of the examined versions of Optuna that have it. A test walks the installed Optuna and keeps this table; a name
        that is neither mapped nor explained fails it. The parameters of samplers, pruners, terminators and stores are held
        against the signatures of the installed classes by another test.

        """;

    private readonly SortedDictionary<string, (string Cell, SortedSet<string> Versions)> _rows = new(StringComparer.Ordinal);

    /// <summary>The versions that the table tells of.</summary>
    public IReadOnlyCollection<string> Versions => [.. _rows.Values.SelectMany(row => row.Versions).Distinct().Order()];

    public static ParityTable Read(string markdown)
    {
        var table = new ParityTable();
        foreach (string line in markdown.Split('\n').Where(line => line.StartsWith("| `optuna.", StringComparison.Ordinal)))
        {
            string[] cells = line.Trim('|', ' ').Split(" | ");
            table._rows[cells[0].Trim('`')] = (cells[1], [.. cells[2].Split(", ")]);
        }
        return table;
    }

    /// <summary>The table with a version's names as they are now.</summary>
    public ParityTable With(string version, IReadOnlyDictionary<string, string> names)
    {
        var table = new ParityTable();
        foreach ((string name, (string cell, SortedSet<string> versions)) in _rows)
        {
            SortedSet<string> others = [.. versions.Where(other => other != version)];
            if (others.Count > 0) table._rows[name] = (cell, others);
        }
        foreach ((string name, string cell) in names)
        {
            SortedSet<string> versions = table._rows.TryGetValue(name, out var row) ? row.Versions : [];
            versions.Add(version);
            table._rows[name] = (cell, versions);
        }
        return table;
    }

    public string ToMarkdown()
    {
        var text = new StringBuilder(Head);
        foreach (var module in _rows.GroupBy(row => row.Key.Split('.')[1]))
        {
            text.Append("\n## ").Append(module.Key).Append("\n\n| Optuna | C# | versions |\n|---|---|---|\n");
            foreach ((string name, (string cell, SortedSet<string> versions)) in module)
                text.Append($"| `{name}` | {cell} | {string.Join(", ", versions)} |\n");
        }
        return text.ToString();
    }
}
