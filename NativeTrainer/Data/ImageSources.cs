using Hpo.NativeTrainer.Data.ImageFolders;

namespace Hpo.NativeTrainer.Data;

/// <summary>The image data sets by their names.</summary>
internal static class ImageSources
{
    /// <summary>All of them, in the order in which they are listed to users.</summary>
    public static IReadOnlyList<ImageSource> All { get; } =
        [FashionMnist.Source, new CorruptedMnist(), Mnist.Source, new FolderImages(new FolderOptions())];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(source => source.Name)];

    /// <summary>The data set of a name, or null where there is none.</summary>
    public static ImageSource? Find(string name) => All.FirstOrDefault(source => source.Name == name);
}
