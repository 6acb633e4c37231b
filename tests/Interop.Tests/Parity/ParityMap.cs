using System.Reflection;
using System.Text.RegularExpressions;

namespace Hpo.Interop.Tests.Parity;

/// <summary>Finds the C# member for a name of Optuna, by the rules of parity.tsv and else by the name itself.</summary>
internal static class ParityMap
{
    private static readonly ILookup<string, Type> PublicTypes = typeof(Study).Assembly.GetExportedTypes()
        .ToLookup(type => type.Name, StringComparer.OrdinalIgnoreCase);

    private static readonly (Regex Pattern, string Target)[] Rules =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Parity", "parity.tsv"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('\t'))
            .Select(fields => (Wildcards(fields[0]), fields[1])),
    ];

    /// <summary>What the table says of a name: members in code quotes, or a reason; null where nothing is known.</summary>
    public static string? Explain(string name)
    {
        name = name["optuna.".Length..];
        foreach ((Regex pattern, string target) in Rules)
        {
            if (pattern.Match(name) is not { Success: true } match) continue;
            if (target.StartsWith("- ", StringComparison.Ordinal)) return target[2..];
            string[] members = [.. target.Split(", ").Select(member => Find(member.Replace("*", match.Groups[^1].Value)) ?? "")];
            return members.Contains("") ? null : string.Join(", ", members.Select(member => $"`{member}`"));
        }
        string[] parts = name.Split('.');
        int type = Array.FindIndex(parts, part => char.IsUpper(part[0]));
        return type >= 0 && Find(string.Join('.', parts[type..])) is { } found ? $"`{found}`" : null;
    }

    /// <summary>The type or member as C# spells it, or null: case and underscores do not count.</summary>
    private static string? Find(string path)
    {
        string[] parts = path.Replace("_", "").Split('.');
        foreach (Type type in PublicTypes[parts[0]])
        {
            if (parts.Length == 1) return type.Name;
            const BindingFlags Public =
                BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy | BindingFlags.IgnoreCase;
            if (type.GetMember(parts[1], Public) is [var member, ..]) return $"{type.Name}.{member.Name}";
        }
        return null;
    }

    private static Regex Wildcards(string pattern) =>
        new($"^{Regex.Escape(pattern).Replace("\\*", "(.*)")}$", RegexOptions.CultureInvariant);
}
