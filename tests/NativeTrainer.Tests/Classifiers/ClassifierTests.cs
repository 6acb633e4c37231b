using Hpo.NativeTrainer.Classifiers;
using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Tests.Classifiers;

public sealed class ClassifierTests
{
    private static readonly ByteDataset Digits = DigitsDataset.Load();
    private static readonly TrainTestSplit Split = TrainTestSplit.Shuffled(Digits.RowCount, 0.2, 1);

    [Theory]
    [InlineData("forest", 60, 20, 0.95)]
    [InlineData("fastforest", 20, 7, 0.9)]
    [InlineData("lightgbm", 20, 10, 0.92)]
    public void Each_classifier_learns_the_digits(string model, int trees, int depth, double accuracy)
    {
        IClassifier classifier = Fit(model, new ForestParameters(trees, depth), seed: 0);

        classifier.Accuracy(Digits, [.. Split.Test]).Should().BeGreaterThan(accuracy);
    }

    [Theory]
    [InlineData("forest")]
    [InlineData("fastforest")]
    [InlineData("lightgbm")]
    public void The_same_seed_gives_the_same_predictions(string model)
    {
        var parameters = new ForestParameters(3, 4);

        byte[] first = Fit(model, parameters, seed: 9).Predict(Digits, [.. Split.Test]);

        Fit(model, parameters, seed: 9).Predict(Digits, [.. Split.Test]).Should().Equal(first);
    }

    [Theory]
    [InlineData("forest")]
    [InlineData("fastforest")]
    [InlineData("lightgbm")]
    public void Depth_one_learns_less_than_depth_five(string model)
    {
        double flat = Fit(model, new ForestParameters(10, 1), seed: 2).Accuracy(Digits, [.. Split.Test]);
        double deep = Fit(model, new ForestParameters(10, 5), seed: 2).Accuracy(Digits, [.. Split.Test]);

        deep.Should().BeGreaterThan(flat + 0.03);
    }

    [Theory]
    [InlineData("forest")]
    [InlineData("fastforest")]
    [InlineData("lightgbm")]
    public void A_cancelled_training_does_not_begin(string model) =>
        FluentActions.Invoking(() => ModelKinds.Parse(model).Trainer()
                .Fit(Digits, [.. Split.Train], new ForestParameters(1, 1), 0, 1, new CancellationToken(canceled: true)))
            .Should().Throw<OperationCanceledException>();

    [Theory]
    [InlineData("forest")]
    [InlineData("fastforest")]
    [InlineData("lightgbm")]
    public void Hyperparameters_outside_their_range_are_refused(string model)
    {
        foreach (var parameters in new[] { new ForestParameters(0, 5), new ForestParameters(5, 0) })
            FluentActions.Invoking(() => Fit(model, parameters, 0)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void An_unknown_model_is_refused_with_the_names_that_exist() =>
        FluentActions.Invoking(() => ModelKinds.Parse("tree"))
            .Should().Throw<ArgumentException>().WithMessage("*'tree'*forest, fastforest, lightgbm*");

    private static IClassifier Fit(string model, ForestParameters parameters, ulong seed) =>
        ModelKinds.Parse(model).Trainer()
            .Fit(Digits, [.. Split.Train], parameters, seed, 1, TestContext.Current.CancellationToken);
}
