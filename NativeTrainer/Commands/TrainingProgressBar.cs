using System.Globalization;
using Hpo.Interop.Reporting.CommandLine;
using Hpo.NativeTrainer.Torch;
using Spectre.Console;

namespace Hpo.NativeTrainer.Commands;

/// <summary>Shows a training: a line for each epoch, and on a terminal a bar below them.</summary>
internal static class TrainingProgressBar
{
    /// <summary>Runs the work on the thread pool.</summary>
    /// <param name="console">Where to show it.</param>
    /// <param name="epochs">How many epochs there will be.</param>
    /// <param name="work">The work, with what it tells after each epoch and in between.</param>
    public static async Task<T> RunAsync<T>(
        IAnsiConsole console, int epochs, Func<Action<EpochReport>, Action<TrainingProgress>, T> work)
    {
        void WriteEpoch(EpochReport report) => console.WriteLine(Line(report, epochs));

        if (!console.Profile.Capabilities.Interactive) return await Task.Run(() => work(WriteEpoch, _ => { }));
        return await ProgressBars.Create(console).StartAsync(async context =>
        {
            ProgressTask bar = context.AddTask($"epoch 1/{epochs}");
            return await Task.Run(() => work(
                WriteEpoch,
                progress =>
                {
                    bar.MaxValue = progress.ImagesTotal;
                    bar.Value = progress.ImagesDone;
                    bar.Description = Line(progress, epochs);
                }));
        });
    }

    private static string Line(EpochReport report, int epochs)
    {
        string validation = report.Validation is { } result
            ? $", validation loss {Texts.Value(result.Loss)}, accuracy {Texts.Value(result.Accuracy)}"
            : "";
        return $"epoch {report.Epoch}/{epochs}: loss {Texts.Value(report.Loss)}, accuracy {Texts.Value(report.Accuracy)}" +
            $"{validation}, {Speed(report.ImagesPerSecond)}";
    }

    private static string Line(TrainingProgress progress, int epochs) =>
        $"epoch {progress.Epoch}/{epochs}: loss {Texts.Value(progress.Loss)}, accuracy {Texts.Value(progress.Accuracy)}, " +
        Speed(progress.ImagesPerSecond);

    private static string Speed(double imagesPerSecond) =>
        $"{imagesPerSecond.ToString("#,0", CultureInfo.InvariantCulture)} images/s";
}
