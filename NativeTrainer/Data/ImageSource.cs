using Hpo.Interop.Reporting.CommandLine;

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

    /// <summary>Must a folder be named, since there is none where such data usually is?</summary>
    public virtual bool NeedsFolder => false;

    /// <summary>What it can be told besides the folder.</summary>
    public virtual IReadOnlyList<ImageSourceOption> Options => [];

    /// <summary>What it was told, and the defaults of the rest, by the keys of <see cref="Options"/>.</summary>
    public virtual IReadOnlyDictionary<string, string> Values => new Dictionary<string, string>();

    /// <summary>Those of <see cref="Values"/> that are no folders of this host.</summary>
    public IReadOnlyDictionary<string, string> ValuesOfAnyHost =>
        Options.Where(option => !option.IsFolder).ToDictionary(option => option.Key, option => Values[option.Key]);

    /// <summary>The same data set with other values of its options.</summary>
    /// <param name="values">By the keys of <see cref="Options"/>; those that are left out keep what they have.</param>
    /// <exception cref="UserError">A value is none of its option's.</exception>
    public virtual ImageSource With(IReadOnlyDictionary<string, string> values) => this;

    /// <summary>The images to train on.</summary>
    /// <param name="folder">The folder to load from, and no other; null to look where the data usually is.</param>
    /// <exception cref="DataFileException">A file is missing, damaged, or not what it should be.</exception>
    public abstract ImageDataset LoadTraining(string? folder = null);

    /// <summary>The images to test with.</summary>
    /// <param name="folder"><inheritdoc cref="LoadTraining" path="/param"/></param>
    /// <param name="like">What the images to train on have in common, and these shall have too; null where the data set
    /// itself says it.</param>
    /// <inheritdoc cref="LoadTraining" path="/exception"/>
    public abstract ImageDataset LoadTest(string? folder = null, ImageFormat? like = null);
}
