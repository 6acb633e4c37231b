using Hpo.NativeTrainer.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Hpo.NativeTrainer.Tests.Torch;

public sealed class EvaluatorTests
{
    public EvaluatorTests() => TorchLibrary.EnsureLoaded();

    [Fact]
    public void Counts_what_was_taken_for_what_over_all_batches()
    {
        const int Count = 250;
        using DisposeScope scope = NewDisposeScope();
        using FashionCnn network = FashionCnn.Create(new FashionCnnOptions(), seed: 3, CPU);
        var data = SmallData.Fashion(Count);
        using ImageTensors tensors = ImageTensors.From(data, CPU);

        EvaluationResult result = Evaluator.Evaluate(network, tensors);

        network.eval();
        Tensor logits = network.call(torch.tensor(data.Pixels).reshape(Count, 1, 28, 28));
        long[] predicted = logits.argmax(1).data<long>().ToArray();
        result.Confusion.Total.Should().Be(Count);
        for (int actual = 0; actual < 10; actual++)
            for (int taken = 0; taken < 10; taken++)
                result.Confusion[actual, taken].Should().Be(
                    Enumerable.Range(0, Count).Count(row => data.Labels[row] == actual && predicted[row] == taken));
        Tensor labels = torch.tensor(Array.ConvertAll(data.Labels, label => (long)label));
        result.Loss.Should().BeApproximately(nn.functional.cross_entropy(logits, labels).item<float>(), 1e-5);
    }

    [Fact]
    public void Leaves_a_training_network_training()
    {
        using FashionCnn network = FashionCnn.Create(new FashionCnnOptions(), seed: 3, CPU);
        using ImageTensors tensors = ImageTensors.From(SmallData.Fashion(10), CPU);
        network.train();

        EvaluationResult first = Evaluator.Evaluate(network, tensors), second = Evaluator.Evaluate(network, tensors);

        network.training.Should().BeTrue();
        second.Loss.Should().Be(first.Loss, "neither dropout nor the batch's statistics take part");
    }

    [Fact]
    public void Can_be_cancelled()
    {
        using FashionCnn network = FashionCnn.Create(new FashionCnnOptions(), seed: 3, CPU);
        using ImageTensors tensors = ImageTensors.From(SmallData.Fashion(10), CPU);

        Action evaluate = () => Evaluator.Evaluate(network, tensors, new CancellationToken(canceled: true));

        evaluate.Should().Throw<OperationCanceledException>();
    }
}
