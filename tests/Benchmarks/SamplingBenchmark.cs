using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Hpo.Interop;

namespace Hpo.Benchmarks;

/// <summary>Native samplers and pruners against Optuna's own, in one Python process and in turn.</summary>
internal static class SamplingBenchmark
{
    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "Rounds to run", DefaultValueFactory = _ => 3 };
        var names = new Argument<string[]>("rows")
        {
            Description = "What to measure: tpe, tpe-mixed, tpe-multivariate, tpe-ten, tpe-long, grid, brute-force, nsga, threads, storage [default: all]",
            Arity = ArgumentArity.ZeroOrMore,
        };
        rounds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1) result.AddError("--rounds must be at least 1.");
        });
        var command = new Command("sampling", "Native samplers and pruners against Optuna's own") { rounds, names };
        command.SetAction(async (parsed, cancellation) =>
        {
            string folder = AppContext.BaseDirectory;
            var start = new ProcessStartInfo(
                PythonLocator.Find().Executable,
                [
                    Path.Combine(folder, "python", "sampling.py"),
                    parsed.GetValue(rounds).ToString(CultureInfo.InvariantCulture),
                    .. parsed.GetValue(names)!,
                ]);
            start.Environment["HPO_DOTNET_ASSEMBLIES"] = folder;
            start.Environment["OMP_NUM_THREADS"] = "1";
            start.Environment["HPO_BENCH_SCRIPTS"] = Path.GetDirectoryName(Clone.Script("start-mysql"));
            using Process process = Process.Start(start)!;
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode;
        });
        return command;
    }
}
