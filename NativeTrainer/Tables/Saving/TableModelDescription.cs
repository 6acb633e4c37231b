using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hpo.NativeTrainer.Tables.Saving;

/// <summary>What a saved model says of itself.</summary>
internal sealed record TableModelDescription
{
    /// <summary>The newest form that this program knows.</summary>
    public const int Newest = 1;

    public int Version { get; init; } = Newest;

    /// <summary>The kind of model.</summary>
    public required string Model { get; init; }

    /// <summary>Its hyperparameters.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Parameters { get; init; }

    public required string Target { get; init; }

    public required TableTask Task { get; init; }

    /// <summary>The classes' names, in the order of the probabilities; empty for a regression.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>The columns that it takes.</summary>
    public required IReadOnlyList<DescribedColumn> Columns { get; init; }

    /// <summary>Its scores on the test rows, by metric; empty where there were none.</summary>
    public required IReadOnlyDictionary<string, double> Test { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, DescriptionJson.Default.TableModelDescription);

    /// <exception cref="JsonException">It is none.</exception>
    public static TableModelDescription Parse(string text) =>
        JsonSerializer.Deserialize(text, DescriptionJson.Default.TableModelDescription) ?? throw new JsonException("it is empty");

    /// <summary>The form of a description, which may be a newer one with other content.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static int VersionOf(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.ValueKind is JsonValueKind.Object
            && document.RootElement.TryGetProperty("version", out JsonElement version) && version.TryGetInt32(out int number)
            ? number
            : throw new JsonException("it has no version");
    }
}

/// <summary>A column that a saved model takes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Levels">The levels of a category or a boolean that it was trained with, else null.</param>
internal sealed record DescribedColumn(string Name, ColumnKind Kind, IReadOnlyList<string>? Levels);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    WriteIndented = true)]
[JsonSerializable(typeof(TableModelDescription))]
internal sealed partial class DescriptionJson : JsonSerializerContext;
