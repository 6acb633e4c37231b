using System.CommandLine;
using Hpo.Interop.Reporting.CommandLine;
using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Commands;

/// <summary>Which images a command uses.</summary>
internal sealed class ImageDataOptions
{
    private readonly ImageSource _source;
    private readonly Option<string?> _folder;
    private readonly IReadOnlyDictionary<ImageSourceOption, Option<string?>> _sourceOptions;

    private readonly Option<int?> _subset = CommonOptions.Optional<int>(
        "--subset", "Use so many of the training images, every class with its share [default: all]", count => count >= 1, "at least 1");

    /// <param name="source">The data set.</param>
    public ImageDataOptions(ImageSource source)
    {
        _source = source;
        _folder = Folder(source.FolderHelp);
        _folder.Required = source.NeedsFolder;
        _sourceOptions = source.Options.ToDictionary(
            option => option,
            option => new Option<string?>($"--{option.Name}") { Description = option.Description, HelpName = option.HelpName });
    }

    public static Option<string?> Folder(string description) =>
        new("--data") { Description = char.ToUpperInvariant(description[0]) + description[1..], HelpName = "folder" };

    public void AddTo(Command command)
    {
        command.Options.Add(_folder);
        foreach (Option option in _sourceOptions.Values) command.Options.Add(option);
        command.Options.Add(_subset);
    }

    /// <summary>The folder that is named, as a full path, or null.</summary>
    public string? FolderIn(ParseResult parsed) => parsed.GetValue(_folder) is { } folder ? Path.GetFullPath(folder) : null;

    /// <summary>How many images are asked for, or null for all.</summary>
    public int? SubsetIn(ParseResult parsed) => parsed.GetValue(_subset);

    /// <summary>The data set as the command line wants it.</summary>
    /// <exception cref="UserError">An option's value is none of its own.</exception>
    public ImageSource SourceIn(ParseResult parsed) => _source.With(_sourceOptions
        .Where(pair => parsed.GetValue(pair.Value) is not null)
        .ToDictionary(pair => pair.Key.Key, pair => Value(pair.Key, parsed.GetValue(pair.Value)!)));

    /// <summary>Loads the training part.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="source">The data set that it wants.</param>
    /// <exception cref="DataFileException">A file is missing or damaged.</exception>
    /// <exception cref="UserError">It has fewer images than are asked for.</exception>
    public ImageDataset LoadTraining(ParseResult parsed, ImageSource source)
    {
        ImageDataset training = source.LoadTraining(FolderIn(parsed));
        return SubsetIn(parsed) is { } count && count > training.Count
            ? throw new UserError($"--subset {count}: {source.Title} has {training.Count} training images.")
            : training;
    }

    /// <summary>Parts images, with an option's share for validation.</summary>
    /// <exception cref="UserError">One of the parts would be empty.</exception>
    public static T WithShare<T>(double validation, int count, Func<T> split)
    {
        int rows = (int)Math.Round(count * validation, MidpointRounding.AwayFromZero);
        return rows > 0 && rows < count
            ? split()
            : throw new UserError(
                FormattableString.Invariant($"--validation {validation} leaves none of {count} images to ") +
                (rows == 0 ? "validate with: use more images, or a larger share." : "train with: use a smaller share."));
    }

    private static string Value(ImageSourceOption option, string text) => option.IsFolder ? Path.GetFullPath(text) : text;
}
