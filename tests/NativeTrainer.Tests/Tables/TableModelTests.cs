using Hpo.NativeTrainer.Objectives;
using Hpo.NativeTrainer.Tables;
using Hpo.NativeTrainer.Tables.Models;
using Hpo.NativeTrainer.Tables.Saving;
using Hpo.NativeTrainer.Tables.Training;
using Hpo.Tests;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Hpo.NativeTrainer.Tests.Tables;

public sealed class TableModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> ModelsAndTargets
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (string model in TableModels.Names)
            {
                foreach (string target in (string[])["price", "luxury", "grade"])
                    if (model != "gam" || target != "grade") all.Add(model, target);
            }

            return all;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(ModelsAndTargets))]
    public void Every_model_learns_every_kind_of_column_and_is_the_same_after_its_file(string model, string target)
    {
        (TablePlan plan, TableTraining training) = Plan(model, target);
        TrainedTable trained = training.Train(plan.Defaults(plan.Models.Single()), Cancellation);
        double score = training.Test(trained)[0];
        double baseline = training.TestBaseline()[0];

        if (target == "price") score.Should().BeLessThan(baseline / 2, "it is an error");
        else score.Should().BeGreaterThan(target == "luxury" ? 0.9 : 0.7);
        training.Test(training.Train(plan.Defaults(plan.Models.Single()), Cancellation))[0].Should().Be(score, "the same seed gives the same model");

        string file = Save(plan, trained);
        SavedTable saved = TableModelFile.Load(file);
        string shuffled = Shuffled(plan.Table.File);
        TablePredictions predicted = saved.Predict(saved.Read(shuffled, new TableReadOptions()));
        TablePredictions before = trained.Predict(plan.Columns, [.. Enumerable.Range(0, plan.Table.RowCount)]);
        predicted.Values.Should().Equal(before.Values, (one, other) => Math.Abs(one - other) <= 1e-5 * Math.Max(1, Math.Abs(other)));
    }

    [Theory]
    [InlineData("price")]
    [InlineData("luxury")]
    [InlineData("grade")]
    public void A_program_with_ML_NET_alone_predicts_the_same(string target)
    {
        foreach (string model in TableModels.All.Where(model => model is not ILoadsPredictors && (model.Name, target) is not ("gam", "grade")).Select(model => model.Name))
        {
            (TablePlan plan, TableTraining training) = Plan(model, target);
            TrainedTable trained = training.Train(plan.Defaults(plan.Models.Single()), Cancellation);
            TablePredictions expected = trained.Predict(plan.Columns, [.. Enumerable.Range(0, plan.Table.RowCount)]);

            var context = new MLContext();
            ITransformer loaded = context.Model.Load(Save(plan, trained), out DataViewSchema schema);
            schema.Select(column => column.Name).Should().Contain(["size", "city", "sold.year"]);
            IDataView scored = loaded.Transform(context.Data.LoadFromEnumerable(HouseInput.Read(plan)));
            float[] actual = target switch
            {
                "price" => [.. scored.GetColumn<float>("Score")],
                "luxury" => [.. scored.GetColumn<float>("Probability").SelectMany(positive => (float[])[1 - positive, positive])],
                _ => [.. scored.GetColumn<float[]>("Score").SelectMany(row => row)],
            };
            actual.Should().Equal(expected.Values, (one, other) => Math.Abs(one - other) <= 1e-5 * Math.Max(1, Math.Abs(other)), model);
            if (target != "price")
            {
                scored.GetColumn<string>("PredictedLabel").Should().Equal(
                    Enumerable.Range(0, expected.Count).Select(row => plan.Target.Classes[expected.Class(row)]), model);
            }
        }
    }

    private (TablePlan, TableTraining) Plan(string model, string target)
    {
        string file = _folder.Write("houses.csv", Houses.Csv(600));
        string[] others = [.. ((string[])["price", "luxury", "grade"]).Where(name => name != target)];
        TablePlan plan = TablePlanner.Plan(new TableOptions(file, target) { Models = [model], Ignore = others, Text = ["remarks"] });
        return (plan, new TableTraining(plan, 1));
    }

    private string Save(TablePlan plan, TrainedTable trained)
    {
        string file = _folder.File("model.zip");
        TableModelFile.Save(file, plan, trained, new TableModelDescription
        {
            Model = plan.Models.Single().Name,
            Parameters = new Dictionary<string, System.Text.Json.JsonElement>(),
            Target = plan.Target.Name,
            Task = plan.Target.Task,
            Classes = plan.Target.Classes,
            Columns = [.. plan.Columns.Select(column => new DescribedColumn(column.Name, column.Kind, null))],
            Test = new Dictionary<string, double>(),
        });
        return file;
    }

    // The same rows with their columns in another order.
    private string Shuffled(string file)
    {
        int[] order = [4, 0, 8, 3, 2, 7, 1, 5, 6];
        string[] lines = [.. File.ReadLines(file).Select(line => line.Split(',')).Select(fields => string.Join(',', order.Select(place => fields[place])))];
        return _folder.Write("shuffled.csv", string.Join('\n', lines));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
