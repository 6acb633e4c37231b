using System.CommandLine;
using Hpo.Benchmarks;
using Hpo.Interop;

var root = new RootCommand("Measures the project against what it replaces")
{
    DashboardBenchmark.Create(),
    DigitsBenchmark.Create(),
    FashionBenchmark.Create(),
    FashionNative.Create(),
    PythonHostBenchmark.Create(),
    InteropBenchmark.Create(),
    InteropStart.Create(),
    LauncherBenchmark.Create(),
    SamplingBenchmark.Create(),
    StorageBenchmark.Create(),
    TableBenchmark.Create(),
    TableReadBenchmark.Create(),
    TableReadNative.Create(),
    ClusterBenchmark.Create(),
};
ParseResult parsed = root.Parse(args);
try
{
    int exitCode = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    return parsed.Errors.Count > 0 ? WorkerExitCode.Usage : exitCode;
}
catch (BenchmarkException exception)
{
    Console.Error.WriteLine($"error: {exception.Message}");
    return exception.ExitCode;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("stopped");
    return WorkerExitCode.Interrupted;
}
