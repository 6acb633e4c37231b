namespace Hpo.NativeTrainer.Data.ImageFolders;

/// <summary>Pixels of three bytes: red, green and blue.</summary>
internal static class PictureColours
{
    private const int Channels = 3;

    // ITU-R 601's shares in 65,536ths, as Pillow has them: their sum is 1, so that grey stays what it is.
    private const int Red = 19595, Green = 38470, Blue = 7471, Half = 0x8000, Shift = 16;

    /// <summary>The pixels of some of the pictures; the array itself where they are all.</summary>
    public static byte[] Of(byte[] rgb, int[] pictures, int pixelCount)
    {
        int length = pixelCount * Channels;
        if (rgb.Length == (long)pictures.Length * length) return rgb;
        byte[] some = GC.AllocateUninitializedArray<byte>(pictures.Length * length);
        for (int index = 0; index < pictures.Length; index++)
            rgb.AsSpan(pictures[index] * length, length).CopyTo(some.AsSpan(index * length));
        return some;
    }

    /// <summary>Are all of them grey?</summary>
    public static bool AreGrey(byte[] rgb)
    {
        for (int start = 0; start < rgb.Length; start += Channels)
            if (rgb[start] != rgb[start + 1] || rgb[start] != rgb[start + 2]) return false;
        return true;
    }

    /// <summary>Their brightness, a byte a pixel.</summary>
    public static byte[] ToGrey(byte[] rgb)
    {
        byte[] grey = GC.AllocateUninitializedArray<byte>(rgb.Length / Channels);
        for (int pixel = 0; pixel < grey.Length; pixel++)
        {
            int start = pixel * Channels;
            grey[pixel] = (byte)(((rgb[start] * Red) + (rgb[start + 1] * Green) + (rgb[start + 2] * Blue) + Half) >> Shift);
        }
        return grey;
    }
}
