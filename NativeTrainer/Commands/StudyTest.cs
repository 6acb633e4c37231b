using Hpo.Interop;
using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Objectives;
using Hpo.NativeTrainer.Torch;
using static TorchSharp.torch;

namespace Hpo.NativeTrainer.Commands;

/// <summary>Accuracies, in [0, 1], on rows that no trial saw.</summary>
/// <param name="Best">Of the best trial's hyperparameters.</param>
/// <param name="Defaults">Of the course's own, where that was asked for.</param>
internal sealed record TestScores(double Best, double? Defaults);

/// <summary>Tests the best hyperparameters of the program's own studies.</summary>
/// <param name="evaluate">Whether networks are trained for it, which takes as long as two trials.</param>
/// <param name="folder">Where the images are, or null to look where they usually are.</param>
/// <param name="testFolder">The folder of other images to test with, or null.</param>
/// <param name="loaded">Is told of the images that are used.</param>
internal sealed class StudyTest(bool evaluate, string? folder, string? testFolder, Action<ImageDataset> loaded)
{
    /// <summary>Whether a study's best hyperparameters can be tested on request.</summary>
    /// <param name="attrs">The study's user attributes.</param>
    public static bool CanEvaluate(IReadOnlyDictionary<string, object?> attrs) => ImageSettings.FromUserAttrs(attrs) is not null;

    /// <summary>The scores, or null for a study that the program has no objective for, or that it was not asked to test.</summary>
    /// <param name="best">The best trial.</param>
    /// <param name="attrs">The study's user attributes.</param>
    /// <param name="cancellation">Ends it.</param>
    public TestScores? Score(FrozenTrial best, IReadOnlyDictionary<string, object?> attrs, CancellationToken cancellation)
    {
        if (DigitsSettings.FromUserAttrs(attrs) is { } digits)
        {
            return new TestScores(
                digits.TestAccuracy(
                    DigitsDataset.Load(), DigitsObjective.ParametersOf(best), Environment.ProcessorCount, cancellation),
                Defaults: null);
        }
        if (!evaluate || ImageSettings.FromUserAttrs(attrs) is not { } images) return null;
        TorchLibrary.EnsureLoaded();
        set_num_threads(ProcessorShare.Cores);
        images = images with { Source = TestFolder.Of(images.Source, testFolder) };
        var test = new ImageTest(images, folder ?? images.Folder, CPU) { Loaded = loaded };
        return new TestScores(test.AccuracyOf(best, cancellation), test.AccuracyOfDefaults(cancellation));
    }
}
