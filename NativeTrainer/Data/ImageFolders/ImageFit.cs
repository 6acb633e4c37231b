namespace Hpo.NativeTrainer.Data.ImageFolders;

/// <summary>How a picture of another shape is brought to that of the images.</summary>
internal enum ImageFit
{
    /// <summary>Its centre is cut out, as large as it goes: torchvision's Resize and CenterCrop, ML.NET's IsoCrop.</summary>
    Crop,

    /// <summary>All of it, with a white border.</summary>
    Pad,

    /// <summary>All of it, in the wrong proportions, as Keras does.</summary>
    Stretch,
}
