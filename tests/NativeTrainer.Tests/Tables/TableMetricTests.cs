using System.Text.Json;
using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Tables;
using Hpo.Tests;
using Hpo.TestSupport;

namespace Hpo.NativeTrainer.Tests.Tables;

public sealed class TableMetricTests
{
    private const string Oracle = """
        import json, sys
        from sklearn.metrics import *
        given = json.load(open(sys.argv[1]))
        r, a = given["numbers"], given["numbers_said"]
        result = {"rmse": mean_squared_error(r, a) ** 0.5, "mae": mean_absolute_error(r, a), "r2": r2_score(r, a)}
        for name, probabilities, labels in [("binary", given["two"], given["two_labels"]), ("multiclass", given["three"], given["three_labels"])]:
            said = [max(range(len(p)), key=p.__getitem__) for p in probabilities]
            two = name == "binary"
            result[name] = {
                "auc": roc_auc_score(labels, [p[1] for p in probabilities]) if two else roc_auc_score(labels, probabilities, multi_class="ovr"),
                "accuracy": accuracy_score(labels, said),
                "balanced-accuracy": balanced_accuracy_score(labels, said),
                "f1": f1_score(labels, said, average="binary" if two else "macro"),
                "log-loss": log_loss(labels, probabilities, labels=list(range(len(probabilities[0])))),
            }
        print(json.dumps(result))
        """;

    [Fact]
    public async Task All_metrics_are_scikit_learns()
    {
        if (ScikitLearnPython.Find() is not { } python)
        {
            Assert.Skip(ScikitLearnPython.Remedy);
            return;
        }

        var random = new SeededRandom(11);
        float[] numbers = [.. Enumerable.Range(0, 500).Select(_ => (float)random.NextDouble())];
        float[] said = [.. numbers.Select(number => number + (float)(random.NextDouble() - 0.5))];
        float[] labels(int classes) => [.. Enumerable.Range(0, 500).Select(_ => (float)random.Next(classes))];
        // Sixteenths, so that there are ties, and sums are exact.
        float[] probabilities(int classes) => [.. Enumerable.Range(0, 500).SelectMany(_ =>
        {
            int first = 1 + random.Next(14), second = 1 + random.Next(15 - first);
            return classes == 2 ? (float[])[first / 16f, 1 - first / 16f] : [first / 16f, second / 16f, (16 - first - second) / 16f];
        })];
        (float[] two, float[] twoLabels) = (probabilities(2), labels(2));
        (float[] three, float[] threeLabels) = (probabilities(3), labels(3));
        string input = JsonSerializer.Serialize(new
        {
            numbers,
            numbers_said = said,
            two = two.Chunk(2),
            two_labels = twoLabels.Select(label => (int)label),
            three = three.Chunk(3),
            three_labels = threeLabels.Select(label => (int)label),
        });
        using var folder = new TemporaryFolder();
        using var expected = JsonDocument.Parse(await new PythonForks(python).RunAsync(Oracle, [folder.Write("given.json", input)]));

        int compared = 0;
        void Compare(JsonElement names, TablePredictions predictions, float[] actual, TableTask task)
        {
            foreach (TableMetric metric in TableMetric.All.Where(metric => metric.Supports(task)))
            {
                metric.Score(predictions, actual).Should().BeApproximately(names.GetProperty(metric.Name).GetDouble(), 1e-6, $"{metric.Name} of a {task}");
                compared++;
            }
        }

        Compare(expected.RootElement, new TablePredictions(said, 1), numbers, TableTask.Regression);
        Compare(expected.RootElement.GetProperty("binary"), new TablePredictions(two, 2), twoLabels, TableTask.Binary);
        Compare(expected.RootElement.GetProperty("multiclass"), new TablePredictions(three, 3), threeLabels, TableTask.Multiclass);
        compared.Should().Be(13);
    }
}
