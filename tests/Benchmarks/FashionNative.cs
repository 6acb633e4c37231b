using System.CommandLine;
using System.Text.Json;
using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Torch;
using TorchSharp;

namespace Hpo.Benchmarks;

/// <summary>The native side of the fashion benchmark, a process of its own: the same options and document as the Python side's.</summary>
internal static class FashionNative
{
    public const string CommandName = "fashion-native";

    private const int BatchSize = 100;
    private const int WarmUpSteps = 10;
    private const int EvaluateEvery = 50;

    public static Command Create()
    {
        var threads = new Option<int>("--threads") { Required = true };
        var steps = new Option<int>("--steps") { Required = true };
        var epoch = new Option<bool>("--epoch");
        var command = new Command(CommandName, "The native side of the fashion benchmark") { threads, steps, epoch };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            TorchLibrary.EnsureLoaded();
            torch.set_num_threads(parsed.GetValue(threads));
            int count = parsed.GetValue(steps);
            Console.Out.WriteLine(parsed.GetValue(epoch)
                ? JsonSerializer.Serialize(TrainEpoch(count), FashionSide.JsonFormat)
                : JsonSerializer.Serialize(MeasureSteps(count), FashionSide.JsonFormat));
        });
        return command;
    }

    private static FashionMeasurement MeasureSteps(int steps)
    {
        using ImageTensors warmUp = FirstImages(FashionMnist.Source.LoadTraining(), WarmUpSteps);
        using ImageTensors training = FirstImages(FashionMnist.Source.LoadTraining(), steps);
        using ImageTensors test = FirstImages(FashionMnist.Source.LoadTest(), steps);
        var trainer = new CnnTrainer(
            new TrainingOptions { BatchSize = BatchSize, Epochs = 1 }, torch.CPU, TimeProvider.System);
        FashionCnn Train(ImageTensors images) => trainer.Train(new FashionCnnOptions(), images, null, _ => true);

        using FashionCnn network = Train(warmUp);
        FashionSpeed speed = Timed(training, images => Train(images).Dispose());
        Evaluator.Evaluate(network, warmUp);
        return new FashionMeasurement(
            torch.__version__, torch.get_num_threads(), speed, Timed(test, images => Evaluator.Evaluate(network, images)));
    }

    private static FashionSpeed Timed(ImageTensors images, Action<ImageTensors> work)
    {
        TimeSpan cpuStart = Environment.CpuUsage.TotalTime;
        long start = TimeProvider.System.GetTimestamp();
        work(images);
        TimeSpan elapsed = TimeProvider.System.GetElapsedTime(start);
        return new FashionSpeed(
            images.Count, elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - cpuStart).TotalSeconds);
    }

    private static ImageTensors FirstImages(ImageDataset data, int batches) =>
        ImageTensors.From(data.Select([.. Enumerable.Range(0, Math.Min(batches * BatchSize, data.Count))]), torch.CPU);

    // The step is CnnTrainer's, which does not stop in the middle of an epoch to evaluate.
    private static FashionEpoch TrainEpoch(int steps)
    {
        NativeHeap.KeepLargeBlocks();
        using ImageTensors training = ImageTensors.From(FashionMnist.Source.LoadTraining(), torch.CPU);
        using ImageTensors test = ImageTensors.From(FashionMnist.Source.LoadTest(), torch.CPU);
        var options = new TrainingOptions();
        using FashionCnn network = FashionCnn.Create(new FashionCnnOptions(), options.Seed, torch.CPU);
        using torch.optim.Optimizer adam = torch.optim.Adam(network.parameters(), options.LearningRate);
        using var random = new torch.Generator(options.Seed);
        var accuracies = new List<double>();
        int iteration = 0;
        network.train();
        foreach (ImageBatch batch in training.Shuffled(BatchSize, random).Take(steps))
        {
            using ImageBatch images = batch;
            Step(network, adam, images);
            if (++iteration % EvaluateEvery == 0) accuracies.Add(Evaluator.Evaluate(network, test).Accuracy);
        }
        return new FashionEpoch(
            torch.__version__, torch.get_num_threads(), iteration, accuracies, Environment.CpuUsage.TotalTime.TotalSeconds);
    }

    private static void Step(FashionCnn network, torch.optim.Optimizer adam, ImageBatch batch)
    {
        using DisposeScope intermediates = torch.NewDisposeScope();
        torch.Tensor loss = torch.nn.functional.cross_entropy(network.call(batch.Images), batch.Labels);
        adam.zero_grad();
        loss.backward();
        adam.step();
    }
}
