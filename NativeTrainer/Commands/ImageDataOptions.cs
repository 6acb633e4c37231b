using System.CommandLine;
using Hpo.Interop.Reporting.CommandLine;
using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Commands;

/// <summary>Which images a command uses.</summary>
/// <param name="source">The data set.</param>
internal sealed class ImageDataOptions(ImageSource source)
{
    private readonly Option<string?> _folder = Folder(source.FolderHelp);

    private readonly Option<int?> _subset = CommonOptions.Optional<int>(
        "--subset", "Use so many of the training images, every class with its share [default: all]", count => count >= 1, "at least 1");

    public ImageSource Source { get; } = source;

    public static Option<string?> Folder(string description) =>
        new("--data") { Description = char.ToUpperInvariant(description[0]) + description[1..], HelpName = "folder" };

    public void AddTo(Command command)
    {
        command.Options.Add(_folder);
        command.Options.Add(_subset);
    }

    public string? FolderIn(ParseResult parsed) => parsed.GetValue(_folder);

    /// <summary>How many images are asked for, or null for all.</summary>
    public int? SubsetIn(ParseResult parsed) => parsed.GetValue(_subset);

    /// <summary>Loads the training part.</summary>
    /// <exception cref="DataFileException">A file is missing or damaged.</exception>
    /// <exception cref="UserError">It has fewer images than are asked for.</exception>
    public ImageDataset LoadTraining(ParseResult parsed)
    {
        ImageDataset training = Source.LoadTraining(FolderIn(parsed));
        return SubsetIn(parsed) is { } count && count > training.Count
            ? throw new UserError($"--subset {count}: {Source.Title} has {training.Count} training images.")
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
}
