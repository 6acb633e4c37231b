using System.Text.Json;
using System.Text.Json.Serialization;
using Hpo.Interop;
using Hpo.NativeTrainer.Data;
using static TorchSharp.torch;

namespace Hpo.NativeTrainer.Torch;

/// <summary>What a model file holds besides the weights.</summary>
/// <param name="Data">The data set that it was trained on, by its name.</param>
/// <param name="Network">The network's shape.</param>
/// <param name="Training">How it was trained.</param>
/// <param name="TestAccuracy">Its accuracy, in [0, 1], on the test images.</param>
internal sealed record ModelDescription(
    string Data, FashionCnnOptions Network, TrainingOptions Training, double TestAccuracy)
{
    /// <summary>The images that it recognises; null, as in files of earlier versions, for those of the MNIST family.</summary>
    public ImageFormat? Images { get; init; }

    /// <summary>What the data set was told besides its folder; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? DataOptions { get; init; }
}

/// <summary>
/// A trained network in a safetensors file, with the weights by their names in PyTorch, and its description in the file's
/// metadata under <c>hpo</c>.
/// </summary>
internal static class ModelFile
{
    private const string DescriptionKey = "hpo";
    private const string Remedy = "Name a file that 'NativeTrainer train --save' wrote.";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <exception cref="OutputFileException">It cannot be written.</exception>
    public static void Save(string path, FashionCnn network, ModelDescription description)
    {
        var metadata = new Dictionary<string, string>
        {
            // The framework that the tensors' layout is for, by the format's own convention.
            ["format"] = "pt",
            [DescriptionKey] = JsonSerializer.Serialize(description, Json),
        };
        AtomicFile.Write(path, file => Safetensors.Write(file, network.state_dict(), metadata));
    }

    /// <returns>The network, in evaluation mode on the CPU, which the caller disposes.</returns>
    /// <exception cref="DataFileException">There is no such file, or it is damaged or holds something else.</exception>
    public static (FashionCnn Network, ModelDescription Description) Load(string path)
    {
        byte[] content = Read(path);
        try
        {
            ModelDescription description = ReadDescription(content);
            FashionCnn network = FashionCnn.Create(description.Network, seed: 0, CPU, Checked(description.Images));
            network.eval();
            Safetensors.CopyTo(content, network.state_dict());
            return (network, description);
        }
        catch (Exception exception) when (exception is InvalidDataException or JsonException or ArgumentOutOfRangeException)
        {
            throw new DataFileException(path, $"it is no model of this program: {exception.Message}.", Remedy, exception);
        }
    }

    private static ModelDescription ReadDescription(byte[] content) =>
        Safetensors.ReadMetadata(content).TryGetValue(DescriptionKey, out string? text)
        && JsonSerializer.Deserialize<ModelDescription>(text, Json) is { Network: not null } description
            ? description
            : throw new InvalidDataException(
                $"it does not say which network its weights are for: its metadata has no '{DescriptionKey}', which another program " +
                "that saves it again has to keep");

    // A number that is no file's of ours must not ask for all memory.
    private static ImageFormat? Checked(ImageFormat? images) =>
        images is null or
        {
            Channels: 1 or 3,
            Height: >= ImageFormat.MinSize and <= short.MaxValue,
            Width: >= ImageFormat.MinSize and <= short.MaxValue,
            ClassNames.Count: >= 1 and <= ImageFormat.MaxClasses,
        }
            ? images
            : throw new InvalidDataException($"there are no such images: {images}");

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException(path, $"it cannot be read: {exception.Message}", Remedy, exception);
        }
    }
}
