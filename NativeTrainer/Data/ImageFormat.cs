using System.Text.Json.Serialization;

namespace Hpo.NativeTrainer.Data;

/// <summary>What all images of a data set have in common, and a network that is made for them.</summary>
/// <param name="Channels">1 for grey, 3 for red, green and blue.</param>
/// <param name="Height">Rows of an image.</param>
/// <param name="Width">Columns of an image.</param>
/// <param name="ClassNames">What the classes are called, by their labels.</param>
internal sealed record ImageFormat(int Channels, int Height, int Width, IReadOnlyList<string> ClassNames)
{
    /// <summary>The most classes that there can be: labels are bytes.</summary>
    public const int MaxClasses = byte.MaxValue;

    /// <summary>The least rows and columns: of less, nothing is left after the network's second pooling.</summary>
    public const int MinSize = 8;

    /// <summary>The format of the MNIST family, with its classes by number.</summary>
    public static ImageFormat Mnist { get; } = new(1, 28, 28, [.. Enumerable.Range(0, 10).Select(label => $"{label}")]);

    /// <summary>The number of values of one image.</summary>
    [JsonIgnore]
    public int ValueCount => Channels * Height * Width;

    public bool Equals(ImageFormat? other) =>
        other is not null && (Channels, Height, Width) == (other.Channels, other.Height, other.Width)
        && ClassNames.SequenceEqual(other.ClassNames);

    public override int GetHashCode() => HashCode.Combine(Channels, Height, Width, ClassNames.Count);

    /// <summary>In a sentence, e.g. <c>28 × 28 grey</c>.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Height} × {Width} {(Channels == 1 ? "grey" : "rgb")}");
}
