using Hpo.NativeTrainer.Evaluation;

namespace Hpo.NativeTrainer.Tests.Evaluation;

public sealed class ConfusionMatrixTests
{
    [Fact]
    public void Tells_the_accuracy_of_all_and_of_each_class()
    {
        var matrix = new ConfusionMatrix([3, 1, 0, 0, 2, 2, 0, 0, 0], classCount: 3);

        matrix.Total.Should().Be(8);
        matrix.Accuracy.Should().Be(5.0 / 8);
        matrix.ClassAccuracy(0).Should().Be(0.75);
        matrix.ClassAccuracy(1).Should().Be(0.5);
        matrix.ClassAccuracy(2).Should().Be(double.NaN, "there is no image of the class");
        matrix[1, 2].Should().Be(2);
    }

    [Theory]
    [InlineData(new long[] { 1, 2, 3 }, "*2 classes have 4 counts, not 3*")]
    [InlineData(new long[] { 0, 0, 0, 0 }, "*Nothing was counted*")]
    public void Refuses_counts_that_are_no_matrix(long[] counts, string message)
    {
        Action create = () => _ = new ConfusionMatrix(counts, classCount: 2);

        create.Should().Throw<ArgumentException>().WithMessage(message);
    }
}
