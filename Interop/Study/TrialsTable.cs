using System.Globalization;

namespace Hpo.Interop;

/// <summary>
/// The trials of a study as a table with typed columns, one row for each trial, by number. Columns and their order are
/// those of Optuna's <c>trials_dataframe</c>.
/// </summary>
public sealed class TrialsTable
{
    private readonly Dictionary<string, TrialColumn> _byName;

    private TrialsTable(IReadOnlyList<TrialColumn> columns, int rowCount)
    {
        (Columns, RowCount) = (columns, rowCount);
        _byName = columns.ToDictionary(column => column.Name);
    }

    /// <summary>The columns; none where there is no trial.</summary>
    public IReadOnlyList<TrialColumn> Columns { get; }

    /// <summary>The number of trials.</summary>
    public int RowCount { get; }

    /// <summary>The rows.</summary>
    public IEnumerable<TrialRow> Rows => Enumerable.Range(0, RowCount).Select(row => new TrialRow(this, row));

    /// <summary>A column by its name.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public TrialColumn this[string name] => _byName.TryGetValue(name, out TrialColumn? column)
        ? column
        : throw new KeyNotFoundException(
            $"The table has no column '{name}', but {string.Join(", ", Columns.Select(known => known.Name))}.");

    /// <summary>Writes the table as comma-separated values (RFC 4180) with a line of names.</summary>
    /// <remarks>
    /// Numbers are in the invariant culture and read back as the same ones, dates are ISO 8601, durations are in seconds,
    /// and what a trial lacks is empty.
    /// </remarks>
    /// <param name="writer">Where it goes.</param>
    public void WriteCsv(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        WriteLine(writer, Columns.Select(column => column.Name));
        for (int row = 0; row < RowCount; row++) WriteLine(writer, Columns.Select(column => Text(column.Values[row])));
    }

    internal static TrialsTable From(IReadOnlyList<FrozenTrial> trials, int objectives)
    {
        if (trials.Count == 0) return new TrialsTable([], 0);
        var columns = new List<TrialColumn>();
        Add("number", trial => (long)trial.Number);
        if (objectives == 1) Add("value", trial => Objective(trial, 0));
        else for (int i = 0; i < objectives; i++) AddObjective(i);
        Add("datetime_start", trial => trial.DatetimeStart);
        Add("datetime_complete", trial => trial.DatetimeComplete);
        Add("duration", trial => trial.Duration);
        AddNested("params", trial => trial.Params);
        AddNested("user_attrs", trial => trial.UserAttrs);
        AddNested("system_attrs", trial => trial.SystemAttrs);
        Add("state", trial => trial.State.Name());
        return new TrialsTable(columns, trials.Count);

        void Add(string name, Func<FrozenTrial, object?> value) => columns.Add(new TrialColumn(name, [.. trials.Select(value)]));

        void AddObjective(int index) => Add(FormattableString.Invariant($"values_{index}"), trial => Objective(trial, index));

        // A trial that is not complete may have been added with fewer values, or with none.
        static object? Objective(FrozenTrial trial, int index) => trial.Values is { } values && index < values.Count ? values[index] : null;

        void AddNested(string prefix, Func<FrozenTrial, IReadOnlyDictionary<string, object?>> values)
        {
            IEnumerable<string> names = trials.SelectMany(trial => values(trial).Keys).Distinct().Order(StringComparer.Ordinal);
            foreach (string name in names) Add($"{prefix}_{name}", trial => values(trial).GetValueOrDefault(name));
        }
    }

    private static void WriteLine(TextWriter writer, IEnumerable<string> fields)
    {
        writer.Write(string.Join(',', fields.Select(Quote)));
        writer.Write("\r\n");
    }

    private static string Quote(string field) =>
        field.AsSpan().IndexOfAny("\",\r\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Text(object? value) => value switch
    {
        null => "",
        TimeSpan duration => duration.TotalSeconds.ToString("R", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        double number when double.IsPositiveInfinity(number) => "inf",
        double number when double.IsNegativeInfinity(number) => "-inf",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
