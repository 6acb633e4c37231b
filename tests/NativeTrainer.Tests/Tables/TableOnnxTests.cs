using Hpo.Interop.Reporting.CommandLine;
using Hpo.NativeTrainer.Objectives;
using Hpo.NativeTrainer.Tables;
using Hpo.NativeTrainer.Tables.Features;
using Hpo.NativeTrainer.Tables.Models;
using Hpo.NativeTrainer.Tables.Saving;
using Hpo.NativeTrainer.Tables.Training;
using Hpo.Tests;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Hpo.NativeTrainer.Tests.Tables;

public sealed class TableOnnxTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("price")]
    [InlineData("luxury")]
    [InlineData("grade")]
    public void Onnxruntime_predicts_the_same(string target)
    {
        string data = _folder.Write("houses.csv", Houses.Csv(400));
        string[] others = [.. ((string[])["price", "luxury", "grade", "remarks"]).Where(name => name != target)];
        foreach (string model in TableModels.All.Where(model => model.Name != "gam" && model is not ILoadsPredictors).Select(model => model.Name))
        {
            foreach (string encoding in (string[])["onehot", "target"])
            {
                TablePlan plan = TablePlanner.Plan(new TableOptions(data, target) { Models = [model], Ignore = others });
                var training = new TableTraining(plan, 1);
                ITableTrainer trainer = plan.Configure(new Hpo.NativeTrainer.Tables.Space.DefaultHyperparameters(
                    new Dictionary<string, string> { ["model"] = model, [$"{model}_encoding"] = encoding }));
                TrainedTable trained = training.Train(trainer, TestContext.Current.CancellationToken);
                string file = _folder.File("model.onnx");
                TableOnnxFile.Save(file, plan, trained);
                TablePredictions expected = trained.Predict(plan.Columns, [.. Enumerable.Range(0, plan.Table.RowCount)]);
                float[] actual = Run(file, plan, target, expected);
                actual.Should().Equal(expected.Values, (one, other) => Math.Abs(one - other) <= 1e-5 * Math.Max(1, Math.Abs(other)), $"of {model}, {encoding}");
            }
        }
    }

    [Fact]
    public void What_the_converter_cannot_write_is_refused_in_one_sentence()
    {
        string data = _folder.Write("houses.csv", Houses.Csv(200));
        TablePlan plan = TablePlanner.Plan(new TableOptions(data, "price") { Models = ["gam"], Ignore = ["luxury", "grade", "remarks"] });
        var training = new TableTraining(plan, 1);
        TrainedTable trained = training.Train(plan.Defaults(plan.Models.Single()), TestContext.Current.CancellationToken);

        Action save = () => TableOnnxFile.Save(_folder.File("model.onnx"), plan, trained);

        save.Should().Throw<UserError>().WithMessage("--onnx: ML.NET's converter cannot write this model*Use --save*");
        File.Exists(_folder.File("model.onnx")).Should().BeFalse();
    }

    private static float[] Run(string file, TablePlan plan, string target, TablePredictions expected)
    {
        using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        using var session = new InferenceSession(file, options);
        List<NamedOnnxValue> inputs = [];
        int rows = plan.Table.RowCount;
        foreach (RawColumn column in plan.Columns.SelectMany(RawColumn.Of))
        {
            if (!session.InputMetadata.ContainsKey(column.Name)) continue;
            inputs.Add(column.Numbers is { } number
                ? NamedOnnxValue.CreateFromTensor(column.Name, new DenseTensor<float>(Enumerable.Range(0, rows).Select(number).ToArray(), [rows, 1]))
                : NamedOnnxValue.CreateFromTensor(
                    column.Name, new DenseTensor<string>(Enumerable.Range(0, rows).Select(row => column.Texts!(row).ToString()).ToArray(), [rows, 1])));
        }

        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> outputs = session.Run(inputs);
        if (target != "price")
        {
            outputs.Single(output => output.Name == "PredictedLabel.output").AsEnumerable<string>()
                .Should().Equal(Enumerable.Range(0, rows).Select(row => plan.Target.Classes[expected.Class(row)]));
        }

        float[] values = [.. outputs.Single(output => output.Name == (target == "luxury" ? "Probability.output" : "Score.output")).AsEnumerable<float>()];
        return target == "luxury" ? [.. values.SelectMany(positive => (float[])[1 - positive, positive])] : values;
    }
}
