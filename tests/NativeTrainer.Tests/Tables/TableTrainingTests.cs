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
