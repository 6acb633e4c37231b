namespace Hpo.Interop.Glue;

/// <summary>Maps on their way across.</summary>
internal static class Maps
{
    /// <summary>A map with the same keys, in the same order, and with converted values.</summary>
    public static OrderedDictionary<string, TTo> Convert<TFrom, TTo>(
        IEnumerable<KeyValuePair<string, TFrom>> map, Func<TFrom, TTo> value) =>
        new(map.Select(pair => KeyValuePair.Create(pair.Key, value(pair.Value))));
}
