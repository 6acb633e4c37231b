using System.Diagnostics;
using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Forest;

var data = DigitsDataset.Load();
var split = TrainTestSplit.Shuffled(data.RowCount, 0.1, 0);
var folds = KFold.Split(split.Train, 5);
for (int rep = 0; rep < 4; rep++)
{
    var sw = Stopwatch.StartNew();
    double sum = 0;
    foreach (int n in new[] { 200, 100, 50, 20, 10, 5, 1 })
        foreach (int d in new[] { 1, 5, 10, 20, 100 })
            foreach (var f in folds)
            {
                var m = RandomForest.Fit(data, f.Train, new RandomForestOptions { NEstimators = n, MaxDepth = d, Seed = (ulong)(n * 1000 + d) });
                double a = m.Accuracy(data, f.Validation);
                if (n == 200) sum += a;
            }
    Console.WriteLine($"{sw.Elapsed.TotalSeconds:F3} s {sum / 25}");
}
