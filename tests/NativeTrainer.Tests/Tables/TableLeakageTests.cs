using System.Globalization;
using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Objectives;
using Hpo.NativeTrainer.Tables;
using Hpo.NativeTrainer.Tables.Models;
using Hpo.NativeTrainer.Tables.Space;
using Hpo.NativeTrainer.Tables.Training;
using Hpo.Tests;

namespace Hpo.NativeTrainer.Tests.Tables;

/// <summary>What a model cannot know, no cross-validation may claim that it does.</summary>
public sealed class TableLeakageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("lightgbm")]
    [InlineData("fasttree")]
    [InlineData("sdca")]
    public void A_random_category_of_many_levels_tells_nothing_although_it_is_encoded_by_the_target(string model)
    {
        var random = new SeededRandom(5);
        string csv = "code,noise,label\n" + string.Concat(Enumerable.Range(0, 800).Select(_ => string.Create(
            CultureInfo.InvariantCulture, $"k{random.Next(300)},{random.NextDouble():F4},{(random.Next(2) == 0 ? "no" : "yes")}\n")));
        TablePlan plan = TablePlanner.Plan(new TableOptions(_folder.Write("t.csv", csv), "label") { Models = [model], Categorical = ["code"] });

        double[] scores = Scores(plan, model, "target");

        scores.Average().Should().BeInRange(0.44, 0.56, "the truth is an AUC of 0.5");
    }

    [Fact]
    public void The_encoding_of_a_row_does_not_hold_its_own_target()
    {
        // Each level once: nothing is known of a level but the row's own target.
        string csv = "code,x,y\n" + string.Concat(Enumerable.Range(0, 200).Select(row => FormattableString.Invariant($"k{row},{row % 7},{row % 13 * 10}\n")));
        TablePlan plan = TablePlanner.Plan(new TableOptions(_folder.Write("t.csv", csv), "y") { Task = "regression", Categorical = ["code"] });
        var column = (CategoryColumn)plan.Table.Find("code")!;

        float[] values = Hpo.NativeTrainer.Tables.Features.TargetEncoding.CrossFit(column, plan.TrainRows, plan.Target, 0, 1);

        values.Should().AllBeEquivalentTo(0f);
    }

    [Fact]
    public void Duplicated_rows_are_told_apart_only_where_their_group_is_kept_together()
    {
        // 40 people of 10 equal rows each, with a label by chance: a model can only remember the person.
        var random = new SeededRandom(7);
        string csv = "person,height,weight,label\n" + string.Concat(Enumerable.Range(0, 40).SelectMany(person =>
        {
            string row = string.Create(
                CultureInfo.InvariantCulture, $"p{person},{150 + 50 * random.NextDouble():F2},{50 + 50 * random.NextDouble():F2},{(random.Next(2) == 0 ? "no" : "yes")}\n");
            return Enumerable.Repeat(row, 10);
        }));
        string file = _folder.Write("t.csv", csv);
        double Mean(string? group) => Scores(
            TablePlanner.Plan(new TableOptions(file, "label") { Models = ["lightgbm"], Ignore = group is null ? ["person"] : [], Group = group, Metrics = ["accuracy"] }),
            "lightgbm", "onehot").Average();

        Mean(group: null).Should().BeGreaterThan(0.9, "without groups the twins of a row give it away");
        Mean("person").Should().BeInRange(0.25, 0.75, "the truth is 0.5");
    }

    private static double[] Scores(TablePlan plan, string model, string encoding)
    {
        ITableTrainer trainer = plan.Configure(new DefaultHyperparameters(
            new Dictionary<string, string> { [TablePlan.ModelName] = model, [$"{model}_encoding"] = encoding }));
        return [.. new TableTraining(plan, 1).Scores(trainer, TestContext.Current.CancellationToken).Select(scores => scores[0])];
    }
}
