using System.Globalization;
using System.Text.Json;
using Hpo.Interop;
using Hpo.TestSupport;

namespace Hpo.Benchmarks;

/// <summary>One of the two sides that the fashion benchmark compares: a program that measures itself.</summary>
internal sealed class FashionSide
{
    /// <summary>How both sides write their documents.</summary>
    public static readonly JsonSerializerOptions JsonFormat = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    private readonly string _program;
    private readonly string _firstArgument;

    private FashionSide(string program, string firstArgument)
    {
        _program = program;
        _firstArgument = firstArgument;
    }

    public static FashionSide Native { get; } = new(Environment.ProcessPath!, FashionNative.CommandName);

    /// <param name="python">The interpreter, or null for the first that has torch.</param>
    /// <exception cref="BenchmarkException">There is no Python with torch.</exception>
    public static FashionSide Python(string? python)
    {
        const string Remedy = "install python3-torch, or name a Python that has torch with --python";
        const string Module = "torch";
        string script = Path.Combine(AppContext.BaseDirectory, "python", "fashion_trainer.py");
        if (python is not null && !PythonImport.Succeeds(python, Module))
            throw new BenchmarkException($"{python} cannot import torch: {Remedy}", WorkerExitCode.Environment);
        string? found = python ?? PythonImport.FindPython(Module);
        return found is not null
            ? new FashionSide(found, script)
            : throw new BenchmarkException($"no Python with torch was found: {Remedy}", WorkerExitCode.Environment);
    }

    /// <summary>Measures training steps and the recognising of as many batches.</summary>
    public async Task<FashionMeasurement> MeasureAsync(int threads, int steps, CancellationToken cancellation) =>
        (await RunAsync<FashionMeasurement>(threads, steps, [], cancellation)).Document;

    /// <summary>Trains one epoch, or a part of it, with its evaluations.</summary>
    public async Task<FashionEpoch> TrainEpochAsync(int threads, int steps, CancellationToken cancellation)
    {
        (FashionEpoch epoch, TimeSpan elapsed) =
            await RunAsync<FashionEpoch>(threads, steps, ["--epoch"], cancellation);
        return epoch with { Seconds = elapsed.TotalSeconds };
    }

    // OMP_NUM_THREADS besides, since a BLAS of Python's may count its threads for itself.
    private async Task<(T Document, TimeSpan Elapsed)> RunAsync<T>(
        int threads, int steps, string[] arguments, CancellationToken cancellation)
    {
        string number = threads.ToString(CultureInfo.InvariantCulture);
        (string output, TimeSpan elapsed) = await TimedProcess.RunAsync(
            _program,
            [
                _firstArgument, "--threads", number, "--steps", steps.ToString(CultureInfo.InvariantCulture), .. arguments,
            ],
            cancellation,
            new Dictionary<string, string> { ["OMP_NUM_THREADS"] = number });
        return (JsonSerializer.Deserialize<T>(output, JsonFormat)!, elapsed);
    }
}
