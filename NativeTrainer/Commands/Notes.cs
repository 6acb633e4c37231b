using Hpo.Interop.Reporting.CommandLine;
using Hpo.NativeTrainer.Data;
using Spectre.Console;

namespace Hpo.NativeTrainer.Commands;

/// <summary>Tells what a user should know of images that were loaded.</summary>
internal static class Notes
{
    public static void Write(CommandOutput output, ImageDataset images)
    {
        foreach (string note in images.Notes) output.Messages.WriteLine(note);
    }
}
