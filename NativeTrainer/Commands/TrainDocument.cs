using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Torch;

namespace Hpo.NativeTrainer.Commands;

/// <summary>The JSON document of train.</summary>
/// <param name="Data">The data set's name.</param>
/// <param name="Images">How many images were learnt from.</param>
/// <param name="Hyperparameters">With which hyperparameters.</param>
/// <param name="Epochs">What each epoch brought.</param>
/// <param name="Test">How well the test images are recognised.</param>
/// <param name="Model">The file that the network was written to, or null.</param>
/// <param name="ElapsedSeconds">Loading, training, testing and saving.</param>
internal sealed record TrainDocument(
    string Data,
    int Images,
    TrainDocument.HyperparametersPart Hyperparameters,
    IReadOnlyList<TrainDocument.EpochPart> Epochs,
    EvaluationPart Test,
    string? Model,
    double ElapsedSeconds)
{
    public static TrainDocument From(
        TrainRun run,
        int images,
        IReadOnlyList<EpochReport> epochs,
        ImageDataset test,
        EvaluationResult result,
        TimeSpan elapsed) => new(
        run.Source.Name,
        images,
        HyperparametersPart.From(run.Network, run.Training),
        [.. epochs.Select(EpochPart.From)],
        EvaluationPart.From(result, test.ClassNames),
        run.Save,
        elapsed.TotalSeconds);

    internal sealed record HyperparametersPart(
        double LearningRate,
        int Features,
        double Dropout,
        int BatchSize,
        bool BatchNorm,
        string Activation,
        int Epochs,
        ulong Seed)
    {
        public static HyperparametersPart From(FashionCnnOptions network, TrainingOptions training) => new(
            training.LearningRate,
            network.Features,
            network.Dropout,
            training.BatchSize,
            network.BatchNorm,
            network.Activation.ToString(),
            training.Epochs,
            training.Seed);
    }

    internal sealed record EpochPart(
        int Epoch, double Loss, double Accuracy, double? ValidationLoss, double? ValidationAccuracy, double ImagesPerSecond)
    {
        public static EpochPart From(EpochReport report) => new(
            report.Epoch,
            report.Loss,
            report.Accuracy,
            report.Validation?.Loss,
            report.Validation?.Accuracy,
            report.ImagesPerSecond);
    }
}
