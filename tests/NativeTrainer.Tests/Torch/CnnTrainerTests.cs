using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Torch;
using static TorchSharp.torch;

namespace Hpo.NativeTrainer.Tests.Torch;

public sealed class CnnTrainerTests : IDisposable
{
    private readonly ImageTensors _train;
    private readonly ImageTensors _validation;

    public CnnTrainerTests()
    {
        TorchLibrary.EnsureLoaded();
        _train = ImageTensors.From(SmallData.Fashion(1000), CPU);
        _validation = ImageTensors.From(SmallData.Fashion(500, skip: 1000), CPU);
    }

    public void Dispose()
    {
        _train.Dispose();
        _validation.Dispose();
    }

    [Fact]
    public void Learns_to_recognise_images_that_it_has_not_seen()
    {
        List<EpochReport> reports = [];
        using FashionCnn network = Train(new TrainingOptions { Epochs = 3, BatchSize = 50 }, report =>
        {
            reports.Add(report);
            return true;
        });

        reports.Select(report => report.Epoch).Should().Equal(1, 2, 3);
        reports.Select(report => report.Loss).Should().BeInDescendingOrder();
        reports[^1].Validation!.Accuracy.Should().BeGreaterThan(0.7);
        Evaluator.Evaluate(network, _validation).Accuracy.Should().Be(reports[^1].Validation!.Accuracy);
    }

    [Fact]
    public void The_same_seed_gives_the_same_network_and_another_seed_another()
    {
        float[] first = WeightsAfterTraining(seed: 5);

        WeightsAfterTraining(seed: 5).Should().Equal(first);
        WeightsAfterTraining(seed: 6).Should().NotEqual(first);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_network_while_others_train()
    {
        float[] alone = WeightsAfterTraining(seed: 5);

        float[][] together = await Task.WhenAll(
            Task.Run(() => WeightsAfterTraining(seed: 5)), Task.Run(() => WeightsAfterTraining(seed: 7)));

        together[0].Should().Equal(alone);
        together[1].Should().NotEqual(alone);
    }

    [Fact]
    public void Ends_when_the_callback_says_so()
    {
        int epochs = 0;
        Train(new TrainingOptions { Epochs = 9 }, _ => ++epochs < 2).Dispose();

        epochs.Should().Be(2);
    }

    [Fact]
    public void Ends_between_two_steps_when_cancelled()
    {
        using var source = new CancellationTokenSource();
        bool epochDone = false;
        var trainer = new CnnTrainer(new TrainingOptions { BatchSize = 10 }, CPU, new EveryCallIsASecondLater())
        {
            ProgressMade = _ => source.Cancel(),
        };

        Action train = () => trainer.Train(new FashionCnnOptions(), _train, null, _ => epochDone = true, source.Token);

        train.Should().Throw<OperationCanceledException>();
        epochDone.Should().BeFalse();
    }

    [Fact]
    public void Tells_how_far_it_is()
    {
        List<TrainingProgress> progress = [];
        var trainer = new CnnTrainer(
            new TrainingOptions { BatchSize = 300, Epochs = 2 }, CPU, new EveryCallIsASecondLater())
        {
            ProgressMade = progress.Add,
        };

        trainer.Train(new FashionCnnOptions(), _train, null, _ => true).Dispose();

        progress.Select(made => (made.Epoch, made.ImagesDone, made.ImagesTotal)).Should().Equal(
            (1, 300, 2000), (1, 600, 2000), (1, 900, 2000), (1, 1000, 2000),
            (2, 1300, 2000), (2, 1600, 2000), (2, 1900, 2000), (2, 2000, 2000));
        progress.Should().OnlyContain(made => made.Loss > 0 && made.Accuracy >= 0 && made.Accuracy <= 1 && made.ImagesPerSecond > 0);
    }

    [Fact]
    public void Tells_of_a_loss_that_is_no_number()
    {
        ImageDataset data = SmallData.Fashion(100);
        data.Pixels[7] = float.NaN;
        using ImageTensors broken = ImageTensors.From(data, CPU);

        Action train = () => new CnnTrainer(new TrainingOptions(), CPU, TimeProvider.System)
            .Train(new FashionCnnOptions(), broken, null, _ => true);

        train.Should().Throw<TrainingDivergedException>().WithMessage("*diverged in epoch 1*NaN*").Which.Epoch.Should().Be(1);
    }

    [Fact]
    public void Refuses_options_outside_their_ranges()
    {
        Training(new TrainingOptions { LearningRate = 0 }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*LearningRate*");
        Training(new TrainingOptions { LearningRate = double.NaN }).Should().Throw<ArgumentOutOfRangeException>();
        Training(new TrainingOptions { BatchSize = 0 }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*BatchSize*");
        Training(new TrainingOptions { Epochs = 0 }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*Epochs*");
    }

    private Action Training(TrainingOptions options) => () => Train(options, _ => true);

    private FashionCnn Train(TrainingOptions options, Func<EpochReport, bool> epochDone) =>
        new CnnTrainer(options, CPU, TimeProvider.System).Train(new FashionCnnOptions(), _train, _validation, epochDone);

    private float[] WeightsAfterTraining(ulong seed)
    {
        var shape = new FashionCnnOptions { Activation = Activation.RReLU };
        using FashionCnn network = new CnnTrainer(
                new TrainingOptions { Seed = seed, Epochs = 1, BatchSize = 250 }, CPU, TimeProvider.System)
            .Train(shape, _train, null, _ => true);
        return [.. network.parameters().SelectMany(parameter => parameter.data<float>().ToArray())];
    }

    private sealed class EveryCallIsASecondLater : TimeProvider
    {
        private long _seconds;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _seconds++;
    }
}
