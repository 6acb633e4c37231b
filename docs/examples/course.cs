#:project ../../Interop/Interop.csproj
#:property RestorePackagesWithLockFile=false
#:property PublishAot=false
// Exercises 3 to 5 of the course (docs/course.md): the random forest of cross_validate.py in an Optuna study.
//   dotnet run docs/examples/course.cs [-- TRIALS [FOLDS]]
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Hpo.Interop;
using Hpo.Interop.Samplers;
using Microsoft.Extensions.Logging;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int nTrials = args is [var first, ..] ? int.Parse(first) : 10;
int nFolds = args is [_, var second] ? int.Parse(second) : 5;
OptunaLogging.Verbosity = LogLevel.Warning; // without a line for each trial

// A tenth of the digits is set aside for the one test at the end; no trial sees it.
Digit[] digits = Digit.Load();
new Random(1).Shuffle(digits);
Digit[] test = digits[..180], training = digits[180..];

// Exercise 3: the objective without Optuna.
Stopwatch clock = Stopwatch.StartNew();
Console.WriteLine($"one forest of 100 trees, at most 20 deep: {CrossValidate(100, 20):F4} in {clock.Elapsed.TotalSeconds:F1} s");

// snippet: course-cross-validation
// K folds: train on all but one, score on that one, for each in turn. The score is the mean accuracy.
double CrossValidate(int trees, int depth) => Enumerable.Range(0, nFolds).Average(fold =>
{
    Digit[] validation = training[(training.Length * fold / nFolds)..(training.Length * (fold + 1) / nFolds)];
    var forest = new Forest([.. training.Except(validation)], trees, depth, seed: fold);
    return forest.Accuracy(validation);
});
// end

// snippet: course-objective
// Exercise 4: the trial suggests the hyperparameters.
double Objective(Trial trial)
{
    int trees = trial.SuggestInt("n_estimators", 1, 200);
    int depth = trial.SuggestInt("max_depth", 1, 100, log: true);
    return CrossValidate(trees, depth);
}
// end

// snippet: course-study
// Exercise 5.1: an accuracy is to be maximised.
using Study tpe = Study.Create(new StudyOptions
{
    Direction = StudyDirection.Maximize,
    Sampler = new TpeSampler { Seed = 1 },
});
double tpeSeconds = Search("TPE", tpe, nTrials);
// end

// snippet: course-minus
// The minus sign instead: the same search with the same seed, and a study that shows negative accuracies.
using Study minus = Study.Create(new StudyOptions { Sampler = new TpeSampler { Seed = 1 } });
minus.Optimize(trial => -Objective(trial), nTrials);
bool isSame = minus.Trials.Zip(tpe.Trials).All(pair => pair.First.Value == -pair.Second.Value);
Console.WriteLine($"with a minus sign: the same trials: {isSame}, best value {minus.BestValue:F4}");
// end

// snippet: course-grid
// Exercise 5.2: every pair once. The objective stays as it is; the study ends by itself.
var grid = new Dictionary<string, IReadOnlyList<object?>>
{
    ["n_estimators"] = [1, 5, 10, 20, 50, 100, 200],
    ["max_depth"] = [1, 5, 10, 20, 100],
};
using Study exhaustive = Study.Create(new StudyOptions
{
    Direction = StudyDirection.Maximize,
    Sampler = new GridSampler(grid) { Seed = 1 },
});
double gridSeconds = Search("grid", exhaustive, null);
// end

// Exercise 5.3: score and time.
Console.WriteLine(
    $"TPE is {100 * (exhaustive.BestValue - tpe.BestValue):F2} points behind the grid, in {100 * tpeSeconds / gridSeconds:F0} % of its time");
foreach ((string name, Study study) in new[] { ("TPE", tpe), ("grid", exhaustive) })
    Console.WriteLine($"its best on the {test.Length} digits set aside, {name}: {Test(study.BestTrial):F4}");

double Search(string name, Study study, int? trials)
{
    Stopwatch watch = Stopwatch.StartNew();
    study.Optimize(Objective, new OptimizeOptions { NTrials = trials });
    string found = string.Join(", ", study.BestParams.Select(parameter => $"{parameter.Key} {parameter.Value}"));
    double seconds = watch.Elapsed.TotalSeconds;
    Console.WriteLine($"{name}: {study.Trials.Count} trials in {seconds:F1} s, best {study.BestValue:F4} with {found}");
    return seconds;
}

double Test(FrozenTrial best)
{
    using var trial = new FixedTrial(best);
    return new Forest(training, trial.SuggestInt("n_estimators", 1, 200), trial.SuggestInt("max_depth", 1, 100, log: true), seed: 0)
        .Accuracy(test);
}

/// <summary>A handwritten digit: 64 pixels from 0 to 16.</summary>
internal sealed record Digit(byte[] Pixels, int Label)
{
    // The file that NativeTrainer carries.
    public static Digit[] Load()
    {
        string here = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;
        using FileStream file = File.OpenRead(Path.Combine(here, "../../NativeTrainer/Data/digits.csv.gz"));
        using var reader = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        byte[][] rows = [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(',').Select(value => byte.Parse(value)).ToArray())];
        return [.. rows.Select(row => new Digit(row[..64], row[64]))];
    }
}

/// <summary>
/// A random forest as scikit-learn's: each tree sees a bootstrap of the rows and splits by the best of eight random pixels
/// (Gini impurity), and the trees' class shares are averaged.
/// </summary>
internal sealed class Forest
{
    private const int Classes = 10, Values = 17, PixelsTried = 8;

    private readonly Node[] _trees;

    public Forest(Digit[] digits, int trees, int depth, int seed)
    {
        var random = new Random(seed);
        _trees = [.. Enumerable.Range(0, trees).Select(_ => Grow(random.GetItems(digits, digits.Length), depth, random))];
    }

    public double Accuracy(Digit[] digits) => digits.Average(digit => Predict(digit) == digit.Label ? 1.0 : 0.0);

    private int Predict(Digit digit)
    {
        var votes = new double[Classes];
        foreach (Node tree in _trees)
        {
            Node node = tree;
            while (node.Low is not null) node = digit.Pixels[node.Pixel] <= node.Threshold ? node.Low : node.High!;
            for (int label = 0; label < Classes; label++) votes[label] += node.Shares[label];
        }
        return Array.IndexOf(votes, votes.Max());
    }

    private static Node Grow(Digit[] digits, int depth, Random random)
    {
        var shares = new double[Classes];
        foreach (Digit digit in digits) shares[digit.Label] += 1.0 / digits.Length;
        if (depth == 0 || digits.All(digit => digit.Label == digits[0].Label)) return new Node(shares);
        (int pixel, int threshold) = BestSplit(digits, random);
        if (threshold < 0) return new Node(shares);
        Digit[] low = Array.FindAll(digits, digit => digit.Pixels[pixel] <= threshold);
        Digit[] high = Array.FindAll(digits, digit => digit.Pixels[pixel] > threshold);
        return new Node(shares, pixel, threshold, Grow(low, depth - 1, random), Grow(high, depth - 1, random));
    }

    private static (int Pixel, int Threshold) BestSplit(Digit[] digits, Random random)
    {
        int[] pixels = [.. Enumerable.Range(0, digits[0].Pixels.Length)];
        random.Shuffle(pixels);
        Span<int> counts = stackalloc int[Values * Classes], below = stackalloc int[Classes], all = stackalloc int[Classes];
        foreach (Digit digit in digits) all[digit.Label]++;
        (int Pixel, int Threshold, double Purity) best = (0, -1, 0);
        foreach (int pixel in pixels.AsSpan(0, PixelsTried))
        {
            counts.Clear();
            below.Clear();
            foreach (Digit digit in digits) counts[digit.Pixels[pixel] * Classes + digit.Label]++;
            int low = 0;
            for (int threshold = 0; threshold < Values - 1; threshold++)
            {
                int before = low;
                double pureLow = 0, pureHigh = 0;
                for (int label = 0; label < Classes; label++)
                {
                    int here = counts[threshold * Classes + label], above = all[label] - (below[label] += here);
                    low += here;
                    pureLow += (double)below[label] * below[label];
                    pureHigh += (double)above * above;
                }
                if (low == before || low == digits.Length) continue;
                double purity = pureLow / low + pureHigh / (digits.Length - low);
                if (purity > best.Purity) best = (pixel, threshold, purity);
            }
        }
        return (best.Pixel, best.Threshold);
    }

    private sealed record Node(double[] Shares, int Pixel = 0, int Threshold = 0, Node? Low = null, Node? High = null);
}
