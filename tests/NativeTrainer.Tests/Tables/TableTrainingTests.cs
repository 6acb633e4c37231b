using Hpo.NativeTrainer.Objectives;
using Hpo.NativeTrainer.Tables;
using Hpo.NativeTrainer.Tables.Features;
using Hpo.NativeTrainer.Tables.Models;
using Hpo.NativeTrainer.Tables.Training;
using Hpo.Tests;

namespace Hpo.NativeTrainer.Tests.Tables;

/// <summary>Folds that are scored beside each other.</summary>
public sealed class TableTrainingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Models => [.. TableModels.Names];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Models))]
    public void No_score_depends_on_how_many_folds_are_scored_at_a_time(string model)
    {
        TablePlan plan = Plan(model);
        double[][] scores = [.. new TableTraining(plan, 1).Scores(plan.Defaults(plan.Models.Single()), Cancellation)];
        scores.Should().HaveCount(5);
        new TableTraining(plan, 3).Scores(plan.Defaults(plan.Models.Single()), Cancellation).Should().BeEquivalentTo(scores, options => options.WithStrictOrdering());
    }

    [Fact]
    public void Who_stops_asking_waits_for_the_folds_that_have_begun_and_starts_no_others()
    {
        using var trainer = new MeanTrainer(begun: 2);
        new TableTraining(Plan("sdca"), 2).Scores(trainer, Cancellation).First().Should().HaveCount(1);
        trainer.Begun.Should().Be(2);
        trainer.Ended.Should().Be(2);
    }

    [Fact]
    public void A_fold_that_fails_beside_another_fails_in_its_turn()
    {
        List<double> scores = [];
        using var trainer = new MeanTrainer(begun: 2, failing: 2);
        FluentActions.Invoking(() =>
        {
            foreach (double[] score in new TableTraining(Plan("sdca"), 2).Scores(trainer, Cancellation)) scores.Add(score[0]);
        }).Should().Throw<TableTrainingException>().WithMessage("No model.");
        scores.Count.Should().BeLessThan(5);
        trainer.Ended.Should().Be(trainer.Begun);
    }

    [Fact]
    public void The_additive_model_does_not_diverge_on_many_features_that_go_together()
    {
        var random = new Random(1);
        string[] header = [.. Enumerable.Range(0, 300).Select(column => $"x{column}"), "price"];
        IEnumerable<string> rows = Enumerable.Range(0, 200).Select(row =>
        {
            int size = random.Next(100);
            IEnumerable<int> sizes = Enumerable.Range(0, 300).Select(_ => size + random.Next(3));
            return string.Join(',', sizes.Append(10 * size));
        });
        string file = _folder.Write("sizes.csv", string.Join('\n', rows.Prepend(string.Join(',', header))));
        TablePlan plan = TablePlanner.Plan(new TableOptions(file, "price") { Models = ["gam"], Metrics = ["r2"] });
        double[][] scores = [.. new TableTraining(plan, 2).Scores(plan.Defaults(plan.Models.Single()), Cancellation)];
        scores.Should().OnlyContain(score => score[0] > 0.9);
    }

    private TablePlan Plan(string model) => TablePlanner.Plan(
        new TableOptions(_folder.Write("houses.csv", Houses.Csv(300)), "price") { Models = [model], Ignore = ["luxury", "grade"] });

    /// <summary>Predicts the mean, when so many trainings have begun.</summary>
    private sealed class MeanTrainer(int begun, int failing = 0) : ITableTrainer, IDisposable
    {
        private readonly CountdownEvent _begun = new(begun);
        private int _count, _ended;

        public int Begun => _count;

        public int Ended => _ended;

        public FeatureOptions Features { get; } = new();

        public void Dispose() => _begun.Dispose();

        public ITablePredictor Fit(TrainingData data, CancellationToken cancellation)
        {
            int number = Interlocked.Increment(ref _count);
            if (number <= begun) _begun.Signal();
            _begun.Wait(TimeSpan.FromSeconds(30), CancellationToken.None).Should().BeTrue("folds are scored beside each other");
            Interlocked.Increment(ref _ended);
            return number == failing ? throw new TableTrainingException("No model.") : new Mean(data.Labels.Average());
        }

        private sealed class Mean(float value) : ITablePredictor
        {
            public TablePredictions Predict(FeatureMatrix features) => new([.. Enumerable.Repeat(value, features.RowCount)], 1);
        }
    }
}
