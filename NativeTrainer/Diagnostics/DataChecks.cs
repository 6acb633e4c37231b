using Hpo.Interop;
using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Diagnostics;

/// <summary>The published image data sets, by loading them.</summary>
internal static class DataChecks
{
    public static IEnumerable<Check> Run() => ImageSources.All.Where(source => !source.NeedsFolder).Select(Of);

    private static Check Of(ImageSource source)
    {
        try
        {
            int training = source.LoadTraining().Count, test = source.LoadTest().Count;
            return new Check(source.Name, true, FormattableString.Invariant($"{training} + {test} images"));
        }
        catch (DataFileException exception)
        {
            return new Check(source.Name, false, exception.Message, WorkerExitCode.Environment);
        }
    }
}
