namespace Hpo.NativeTrainer.Data.ImageFolders;

/// <summary>Tells the pictures that are left out, and refuses to leave out many.</summary>
internal static class BrokenPictures
{
    private const double MaxShare = 0.01;
    private const int MaxTold = 10;

    /// <summary>A line for each broken picture.</summary>
    /// <exception cref="DataFileException">They are more than one in a hundred.</exception>
    public static IReadOnlyList<string> Notes(PictureFolder folder, IReadOnlyList<string?> problems)
    {
        (string Path, string Problem)[] broken =
        [
            .. from pair in folder.Pictures.Zip(problems)
               where pair.Second is not null
               select (pair.First.Path, pair.Second),
        ];
        if (broken.Length > MaxShare * folder.Pictures.Count)
            throw new DataFileException(
                broken[0].Path,
                $"{broken[0].Problem.TrimEnd('.')}; {broken.Length} of {folder.Pictures.Count} pictures are broken, more than one in "
                + $"a hundred{Others(broken)}.",
                "Restore or remove them.");
        return
        [
            .. broken.Take(MaxTold).Select(picture => $"left out: {picture.Path}: {picture.Problem}"),
            .. broken.Length > MaxTold ? [$"left out: {broken.Length - MaxTold} more broken pictures"] : (string[])[],
        ];
    }

    private static string Others((string Path, string Problem)[] broken)
    {
        if (broken.Length == 1) return "";
        IEnumerable<string> told = broken.Skip(1).Take(MaxTold).Select(picture => picture.Path);
        return $", among them {string.Join(", ", told)}{(broken.Length > MaxTold + 1 ? ", …" : "")}";
    }
}
