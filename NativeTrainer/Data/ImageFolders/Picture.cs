namespace Hpo.NativeTrainer.Data.ImageFolders;

/// <summary>A PNG or JPEG file of a class.</summary>
/// <param name="Path">Where it is on this host.</param>
/// <param name="Name">Its path within the folder of classes, with slashes, the same on every host.</param>
/// <param name="Label">The class, an index into the class names.</param>
internal sealed record Picture(string Path, string Name, byte Label);
