namespace Hpo.NativeTrainer.Data;

/// <summary>A labelled image data set with its own test part, which commands and objectives name and load.</summary>
internal abstract class ImageSource
{
    /// <summary>What it is called on a command line and in a study's name, e.g. <c>fashion</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What it is called in a sentence, e.g. <c>Fashion-MNIST</c>.</summary>
    public abstract string Title { get; }

    /// <summary>What a named folder has to hold and which folders are searched when none is named: one line for <c>--help</c>.</summary>
    public abstract string FolderHelp { get; }

    /// <summary>The images to train on.</summary>
    /// <param name="folder">The folder to load from, and no other; null to look where the data usually is.</param>
    /// <exception cref="DataFileException">A file is missing, damaged, or not what it should be.</exception>
    public abstract ImageDataset LoadTraining(string? folder = null);

    /// <summary>The images to test with.</summary>
    /// <inheritdoc cref="LoadTraining" path="/param"/>
    /// <inheritdoc cref="LoadTraining" path="/exception"/>
    public abstract ImageDataset LoadTest(string? folder = null);
}
