using System.IO.Hashing;
using System.Text;

namespace Hpo.NativeTrainer.Data.ImageFolders;

/// <summary>Pictures, decoded.</summary>
/// <param name="Rgb">Three bytes a pixel, one picture after the other; of a broken one, anything.</param>
/// <param name="Problems">Why a picture is broken; null for the others.</param>
/// <param name="Fingerprint">Identifies class names, pictures' names and contents, wherever they lie.</param>
internal sealed record DecodedPictures(byte[] Rgb, IReadOnlyList<string?> Problems, string Fingerprint);

/// <summary>Reads and decodes pictures, as many at a time as there are cores.</summary>
internal static class PictureReader
{
    /// <param name="folder">The pictures.</param>
    /// <param name="decoder">Decodes them.</param>
    public static DecodedPictures Read(PictureFolder folder, PictureDecoder decoder)
    {
        IReadOnlyList<Picture> pictures = folder.Pictures;
        byte[] rgb = GC.AllocateUninitializedArray<byte>(pictures.Count * decoder.ResultLength);
        var problems = new string?[pictures.Count];
        var hashes = new UInt128[pictures.Count];
        Parallel.For(0, pictures.Count, index =>
        {
            try
            {
                byte[] content = File.ReadAllBytes(pictures[index].Path);
                hashes[index] = XxHash128.HashToUInt128(content);
                decoder.Decode(content, rgb.AsSpan(index * decoder.ResultLength, decoder.ResultLength));
            }
            catch (Exception exception) when (exception is PictureException or IOException or UnauthorizedAccessException)
            {
                problems[index] = exception.Message;
            }
        });
        return new DecodedPictures(rgb, problems, Fingerprint(folder, hashes));
    }

    private static string Fingerprint(PictureFolder folder, UInt128[] hashes)
    {
        var hash = new XxHash128();
        foreach (string name in folder.ClassNames) hash.Append(Encoding.UTF8.GetBytes($"{name}\0"));
        for (int index = 0; index < hashes.Length; index++)
            hash.Append(Encoding.UTF8.GetBytes($"{folder.Pictures[index].Name}\0{hashes[index]:x}\0"));
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
