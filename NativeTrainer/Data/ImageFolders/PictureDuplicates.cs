using System.IO.Hashing;

namespace Hpo.NativeTrainer.Data.ImageFolders;

/// <summary>Pictures that a network is trained on and tested with: its test accuracy is then too good.</summary>
internal static class PictureDuplicates
{
    /// <summary>A line about the files that are in both parts, byte for byte; null where there are none.</summary>
    public static string? Note(PictureParts parts)
    {
        Picture[] test = [.. parts.Test.Pictures];
        var lengths = test.Select(LengthOf).ToHashSet();
        // Files of different lengths differ: most need not be read.
        var training = new Dictionary<UInt128, Picture>();
        Picture[] candidates = [.. parts.Train.Pictures.Where(picture => lengths.Contains(LengthOf(picture)))];
        foreach ((UInt128? hash, Picture picture) in Hash(candidates))
            if (hash is { } known) training.TryAdd(known, picture);
        if (training.Count == 0) return null;
        (Picture Test, Picture Train)[] same =
        [
            .. from tested in Hash(test)
               let twin = tested.Hash is { } hash ? training.GetValueOrDefault(hash) : null
               where twin is not null
               select (tested.Picture, twin),
        ];
        return same is [var first, ..]
            ? $"{same.Length} of {test.Length} pictures to test with are also among those to train on, so that the test "
                + $"accuracy is too good; remove them: {first.Test.Path} is {first.Train.Path}{(same.Length > 1 ? ", …" : "")}"
            : null;
    }

    private static (UInt128? Hash, Picture Picture)[] Hash(Picture[] pictures)
    {
        var hashes = new (UInt128?, Picture)[pictures.Length];
        Parallel.For(0, pictures.Length, index => hashes[index] = (HashOf(pictures[index].Path), pictures[index]));
        return hashes;
    }

    // Files that cannot be read are told by whoever decodes them.
    private static UInt128? HashOf(string path)
    {
        try
        {
            return XxHash128.HashToUInt128(File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static long LengthOf(Picture picture) => new FileInfo(picture.Path) is { Exists: true } file ? file.Length : -1;
}
