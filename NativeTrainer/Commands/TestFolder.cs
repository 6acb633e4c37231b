using System.CommandLine;
using Hpo.Interop.Reporting.CommandLine;
using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Commands;

/// <summary>Another folder of images to test with, for commands that learn the data set from a model or a study.</summary>
internal static class TestFolder
{
    private const string Key = "test";

    public static Option<string?> Option() => new($"--{Key}")
    {
        Description = "For images of your own: test with the pictures of this folder [default: the test part of --data]",
        HelpName = "folder",
    };

    /// <summary>The data set with that folder; as it is where none is named.</summary>
    /// <exception cref="UserError">The data set has its own test part and no other.</exception>
    public static ImageSource Of(ImageSource source, string? folder)
    {
        if (folder is null) return source;
        return source.Options.Any(option => option.Key == Key)
            ? source.With(new Dictionary<string, string> { [Key] = Path.GetFullPath(folder) })
            : throw new UserError($"--{Key}: {source.Title} has a test part of its own: leave it out.");
    }
}
