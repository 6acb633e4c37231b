using System.Globalization;
using Hpo.NativeTrainer.Torch;

namespace Hpo.NativeTrainer.Data.ImageFolders;

/// <summary>Refuses images that would fill the memory, before any is decoded.</summary>
internal static class PictureMemory
{
    // While they are read: three bytes a pixel, and the numbers of 4 bytes. While training: those, and their two parts.
    private const int CopiesOfNumbers = 2;

    private const int DecodedChannels = 3;

    // A network's weights, their gradients, and the two means that Adam keeps of each.
    private const int CopiesOfWeights = 4;

    /// <param name="folder">The folder that is to be read.</param>
    /// <param name="count">How many pictures there are.</param>
    /// <param name="format">What they are made to.</param>
    /// <param name="available">Bytes that there are; null for what this process may use.</param>
    /// <exception cref="DataFileException">They need more.</exception>
    public static void Check(string folder, int count, ImageFormat format, long? available = null)
    {
        long limit = available ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        long bytes = (long)count * format.Height * format.Width * DecodedChannels;
        long images = bytes + (CopiesOfNumbers * sizeof(float) * (long)count * format.ValueCount);
        long network = CopiesOfWeights * sizeof(float) * FashionCnn.WeightCount(format.Height, format.Width);
        if (images + network <= limit && bytes <= Array.MaxLength) return;
        int most = Array.MaxLength / (format.Height * format.Width * DecodedChannels);
        throw new DataFileException(
            folder,
            $"{count.ToString("#,0", CultureInfo.InvariantCulture)} images of {format} need {Gigabytes(images)} of memory and a "
            + $"network for them {Gigabytes(network)}; "
            + (images + network > limit ? $"there are {Gigabytes(limit)}." : $"this program holds no more than {most} of them."),
            "Choose a smaller --size, --colour grey, or fewer pictures.");
    }

    private static string Gigabytes(long bytes) => (bytes / 1e9).ToString("0.0", CultureInfo.InvariantCulture) + " GB";
}
