using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Hpo.Interop.Storages.MySql;

/// <summary>JSON as the form in which many values cross to Python at once: one string costs less than its items.</summary>
internal static class JsonText
{
    public static string Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        // Python's floats may be infinite, which the validation would refuse.
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true })) write(json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static void WriteMap(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        json.WriteStartObject();
        foreach (var (name, value) in pairs) json.WriteString(name, value);
        json.WriteEndObject();
    }
}
