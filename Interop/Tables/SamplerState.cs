namespace Hpo.Interop.Tables;

/// <summary>
/// What samplers keep of their own state in a trial's system attributes: up to thousands of times a number's size, and of no use
/// to a reader.
/// </summary>
internal static class SamplerState
{
    // CmaEsSampler's pickled optimizers, and the whole grid of GridSampler.
    private static readonly string[] Prefixes = ["cma:", "sepcma:", "cmawm:"];
    private const string Grid = "search_space";

    /// <summary>SQL that holds for all other attributes.</summary>
    public static string OthersInSql { get; } =
        $"`key` <> '{Grid}'{string.Concat(Prefixes.Select(prefix => $" AND `key` NOT LIKE '{prefix}%'"))}";

    /// <summary>Whether an attribute is one of them.</summary>
    public static bool IsKey(string key) => key == Grid || Prefixes.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal));
}
