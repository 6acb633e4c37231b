using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Hpo.Interop.Tables;

/// <summary>
/// The form in which trials and studies cross to Python: one text costs less than its many values. hpo_glue.mysql_trials and
/// hpo_glue.mysql_studies read it.
/// </summary>
internal static class StoredTrialJson
{
    /// <summary>
    /// One JSON array for each trial: [key, number, state, start, complete, [value…], [[parameter, stored value, distribution]…],
    /// {user attribute: JSON…}, {system attribute: JSON…}, [[step, value]…]].
    /// </summary>
    public static string Write(IReadOnlyList<StoredTrial> trials) => Write(json => WriteArray(json, trials, WriteTrial));

    /// <inheritdoc cref="Write(IReadOnlyList{StoredTrial})"/>
    public static string Write(StoredTrial trial) => Write(json => WriteTrial(json, trial));

    /// <summary>[key, name, [direction…], {user attribute: JSON…}, {system attribute: JSON…}] for each study.</summary>
    public static string Write(IReadOnlyList<StoredStudy> studies) => Write(json => WriteArray(json, studies, WriteStudy));

    private static string Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        // Python's floats may be infinite, which the validation would refuse.
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true })) write(json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteTrial(Utf8JsonWriter json, StoredTrial trial)
    {
        json.WriteStartArray();
        json.WriteNumberValue(trial.Id);
        if (trial.Header.Number is { } number) json.WriteNumberValue(number);
        else json.WriteNullValue();
        json.WriteStringValue(trial.State.Name());
        json.WriteStringValue(Iso(trial.Header.Start));
        json.WriteStringValue(Iso(trial.Header.Complete));
        WriteArray(json, trial.Values, WriteNumber);
        WriteArray(json, trial.Params, (_, param) =>
        {
            json.WriteStartArray();
            json.WriteStringValue(param.Name);
            WriteNumber(json, param.Value);
            json.WriteStringValue(param.Distribution);
            json.WriteEndArray();
        });
        WriteMap(json, trial.UserAttributes);
        WriteMap(json, trial.SystemAttributes);
        WriteArray(json, trial.IntermediateValues, (_, pair) =>
        {
            json.WriteStartArray();
            json.WriteNumberValue(pair.Key);
            WriteNumber(json, pair.Value);
            json.WriteEndArray();
        });
        json.WriteEndArray();
    }

    private static void WriteStudy(Utf8JsonWriter json, StoredStudy study)
    {
        json.WriteStartArray();
        json.WriteNumberValue(study.Id);
        json.WriteStringValue(study.Name);
        WriteArray(json, study.Directions, (_, direction) => json.WriteStringValue(direction));
        WriteMap(json, study.UserAttributes);
        WriteMap(json, study.SystemAttributes);
        json.WriteEndArray();
    }

    private static void WriteArray<T>(Utf8JsonWriter json, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray();
        foreach (T item in items) write(json, item);
        json.WriteEndArray();
    }

    private static void WriteMap(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, string>> pairs)
    {
        json.WriteStartObject();
        foreach (var (name, value) in pairs) json.WriteString(name, value);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, double number) =>
        json.WriteRawValue(PythonJson.Number(number), skipInputValidation: true);

    private static string? Iso(DateTime? time) => time?.ToString("s", CultureInfo.InvariantCulture);
}
