namespace Hpo.NativeTrainer.Tables.Reading;

/// <summary>The names of a header: each column gets one, and none is given twice.</summary>
internal static class HeaderNames
{
    /// <param name="header">What the file has, in its order.</param>
    /// <param name="notes">Gets a note on each name that had to be made.</param>
    public static string[] Clean(IReadOnlyList<string> header, List<string> notes)
    {
        HashSet<string> taken = [.. header.Where(name => name.Length > 0)];
        var used = new HashSet<string>();
        var names = new string[header.Count];
        for (int position = 0; position < names.Length; position++)
        {
            string name = header[position];
            names[position] = name;
            if (name.Length > 0 && used.Add(name)) continue;
            string made = name.Length == 0
                ? Free($"column_{position + 1}", taken)
                : Free($"{name}_2", taken, number => $"{name}_{number + 1}");
            notes.Add(name.Length == 0
                ? $"Column {position + 1} has no name: it is called \"{made}\"."
                : $"Column {position + 1} has the name \"{name}\" of another one: it is called \"{made}\".");
            names[position] = made;
        }
        return names;
    }

    private static string Free(string name, HashSet<string> taken, Func<int, string>? next = null)
    {
        next ??= number => $"{name}_{number}";
        string free = name;
        for (int number = 2; !taken.Add(free); number++) free = next(number);
        return free;
    }
}
