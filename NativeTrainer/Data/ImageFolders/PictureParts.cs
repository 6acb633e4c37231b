using Hpo.Interop.Reporting.CommandLine;

namespace Hpo.NativeTrainer.Data.ImageFolders;

/// <summary>The pictures of a data set to train on and to test with.</summary>
/// <param name="Train">Those to train on.</param>
/// <param name="Test">Those to test with.</param>
/// <param name="Notes">What a user should know of them, a line each.</param>
internal sealed record PictureParts(PictureFolder Train, PictureFolder Test, IReadOnlyList<string> Notes)
{
    private const string TrainName = "train";
    private const string TestName = "test";

    // The same pictures are tested with whatever else is seeded: no training's seed changes them.
    private const ulong SplitSeed = 0;

    /// <summary>Finds both parts, or makes them.</summary>
    /// <param name="folder">The data set's folder.</param>
    /// <param name="options">How it becomes a data set.</param>
    /// <param name="classNames">The classes that there may be; null for the folder's own.</param>
    /// <exception cref="DataFileException">It cannot be read, or is not so laid out.</exception>
    public static PictureParts Of(string folder, FolderOptions options, IReadOnlyList<string>? classNames = null)
    {
        string train = Path.Combine(folder, TrainName), test = Path.Combine(folder, TestName);
        bool hasParts = PictureFolder.IsPart(train) && PictureFolder.IsPart(test);
        if (hasParts && options.TestSize is not null)
            throw new UserError($"--test-size sets pictures aside, and {folder} has a part '{TestName}': leave it out.");
        PictureFolder whole = PictureFolder.Scan(hasParts ? train : folder, classNames);
        string? testFolder = options.Test ?? (hasParts ? test : null);
        PictureParts parts = testFolder is null
            ? Split(whole, options.TestShare)
            : Of(whole, PictureFolder.Scan(testFolder, whole.ClassNames));
        string beside = hasParts ? string.Join(", ", Beside(folder)) : "";
        return beside.Length > 0
            ? parts with { Notes = [.. parts.Notes, $"left out, beside {TrainName} and {TestName}: {beside}"] }
            : parts;
    }

    private static IEnumerable<string> Beside(string folder) =>
        from path in Directory.GetFileSystemEntries(folder)
        let name = Path.GetFileName(path)
        where name is not (TrainName or TestName)
        orderby name
        select name;

    private static PictureParts Of(PictureFolder train, PictureFolder test)
    {
        var tested = test.Pictures.Select(picture => (int)picture.Label).ToHashSet();
        string missing = string.Join(", ", train.ClassNames.Where((_, label) => !tested.Contains(label)));
        return new PictureParts(
            train, test, missing.Length == 0 ? [] : [$"{test.Path}: no pictures to test with of {missing}"]);
    }

    private static PictureParts Split(PictureFolder whole, double share)
    {
        byte[] labels = [.. whole.Pictures.Select(picture => picture.Label)];
        int count = (int)Math.Round(labels.Length * share, MidpointRounding.AwayFromZero);
        if (count == 0 || count == labels.Length)
            throw new DataFileException(
                whole.Path,
                FormattableString.Invariant($"a test part of {share} leaves none of {labels.Length} pictures to ")
                + (count == 0 ? "test with." : "train on."),
                "Choose another --test-size, or name a folder with --test.");
        var split = StratifiedSplit.Of(labels, share, SplitSeed);
        PictureFolder train = Part(whole, split.Train);
        var trained = train.Pictures.Select(picture => picture.Label).ToHashSet();
        if (whole.Pictures.FirstOrDefault(picture => !trained.Contains(picture.Label)) is { } left)
            throw new DataFileException(
                Path.Combine(whole.Path, whole.ClassNames[left.Label]),
                "the class has too few pictures: with a test part set aside, none is left to train on.",
                "Add some, choose a smaller --test-size, or remove the folder.");
        return Of(train, Part(whole, split.Validation) with { OtherFiles = [] });
    }

    private static PictureFolder Part(PictureFolder whole, int[] rows) =>
        whole with { Pictures = [.. rows.Order().Select(row => whole.Pictures[row])] };
}
