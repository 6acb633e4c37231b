using System.Diagnostics;
using Hpo.Interop;
using Hpo.Interop.Bridge;
using Hpo.Interop.Samplers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hpo.Benchmarks;

/// <summary>One kind of trial, as a C# objective and as the same in Python.</summary>
/// <param name="Name">What a trial does.</param>
/// <param name="Function">The objective's name in Python.</param>
/// <param name="Objective">The objective in C#.</param>
internal sealed record InteropWorkload(string Name, string Function, Func<Trial, double> Objective)
{
    private const string Python =
        """
        import gc
        import optuna

        def one(trial):
            return trial.suggest_float("x", -10, 10)

        def five(trial):
            value = 0.0
            for name in ("a", "b", "c", "d", "e"):
                value += trial.suggest_float(name, -10, 10)
            for step in range(5):
                trial.report(value + step, step)
            return value

        def run(name, n_trials):
            study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=1))
            study.optimize(globals()[name], n_trials=n_trials)
            return study.best_value
        """;

    private static readonly string[] Names = ["a", "b", "c", "d", "e"];

    private static readonly Lazy<(PythonBridge Bridge, PythonHandle Run, PythonHandle Collect)> Embedded = new(() =>
    {
        PythonBridge bridge = OptunaRuntime.Start(new OptunaRuntimeOptions { LoggerFactory = NullLoggerFactory.Instance }).Glue.Bridge;
        OptunaLogging.Verbosity = Microsoft.Extensions.Logging.LogLevel.Error;
        PythonHandle module = bridge.LoadModule("interop_benchmark", Python);
        return (bridge, bridge.GetAttribute(module, "run"), bridge.GetAttribute(bridge.GetAttribute(module, "gc"), "collect"));
    });

    public static IReadOnlyList<InteropWorkload> All { get; } =
    [
        new("1 suggest", "one", trial => trial.SuggestFloat("x", -10, 10)),
        new("5 suggests, 5 reports", "five", trial =>
        {
            double value = 0;
            foreach (string name in Names) value += trial.SuggestFloat(name, -10, 10);
            for (int step = 0; step < 5; step++) trial.Report(value + step, step);
            return value;
        }),
    ];

    /// <summary>Runs a study of each side.</summary>
    /// <exception cref="BenchmarkException">The two studies differ.</exception>
    public InteropRound Measure(int trials, bool pythonFirst)
    {
        (PythonBridge bridge, PythonHandle run, PythonHandle collect) = Embedded.Value;
        double csharpBest = 0, pythonBest = 0;
        // A study leaves thousands of objects to both collectors, which would cost the side that comes next a sixth.
        double Timed(Action side)
        {
            bridge.Call(collect);
            GC.Collect();
            var watch = Stopwatch.StartNew();
            side();
            return watch.Elapsed.TotalMicroseconds / trials;
        }
        double CSharp() => Timed(() => csharpBest = RunCSharp(trials));
        double InPython() => Timed(() => pythonBest = bridge.Call(run, Function, trials).AsFloat());

        double python = pythonFirst ? InPython() : 0, csharp = CSharp();
        if (!pythonFirst) python = InPython();
        if (csharpBest != pythonBest)
            throw new BenchmarkException($"The studies differ: {csharpBest} in C#, {pythonBest} in Python.", WorkerExitCode.Failure);
        return new InteropRound(Name, csharp, python);
    }

    private double RunCSharp(int trials)
    {
        using Study study = Study.Create(new StudyOptions { Sampler = new RandomSampler { Seed = 1 } });
        study.Optimize(Objective, trials);
        return study.BestValue;
    }
}
