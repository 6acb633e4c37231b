using System.Text.Json;

namespace Hpo.Interop.Reporting.Snapshots;

/// <summary>What a study's objectives are called.</summary>
internal static class ObjectiveNames
{
    /// <summary>Where Optuna's set_metric_names (3.2 and later) keeps them.</summary>
    private const string SystemAttribute = "study:metric_names";

    // NativeTrainer's studies of tables say what they measure, also where Optuna is older.
    private const string UserAttribute = "metrics";

    /// <summary>One name for each objective.</summary>
    public static IReadOnlyList<string> Of(
        int count, IReadOnlyDictionary<string, object?> userAttrs, IReadOnlyDictionary<string, object?> systemAttrs) =>
        Names(systemAttrs.GetValueOrDefault(SystemAttribute), count)
        ?? Names(userAttrs.GetValueOrDefault(UserAttribute), count)
        ?? (count == 1 ? ["Value"] : [.. Enumerable.Range(0, count).Select(index => $"Objective {index}")]);

    // Anybody may write anything there: only as many different names as there are objectives tell them apart.
    private static string[]? Names(object? attribute, int count)
    {
        string[]? names = attribute switch
        {
            string text => FromJson(text),
            IEnumerable<object?> list => [.. list.OfType<string>()],
            _ => null,
        };
        return names?.Length == count && names.All(name => !string.IsNullOrWhiteSpace(name)) && names.Distinct().Count() == count ? names : null;
    }

    private static string[]? FromJson(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<string[]>(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
