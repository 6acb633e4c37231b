using CliWrap;
using CliWrap.Buffered;
using Hpo.Interop;
using Hpo.Tests;

namespace Hpo.Integration.Tests;

/// <summary>The programs, which the build puts beside the tests, run as a user runs them.</summary>
internal static class Programs
{
    public static readonly string Python = PythonLocator.Find().Executable;

    private static readonly string Suffix = OperatingSystem.IsWindows() ? ".exe" : "";

    public static readonly string Trainer = Path.Combine(AppContext.BaseDirectory, "NativeTrainer" + Suffix);
    public static readonly string Launcher = Path.Combine(AppContext.BaseDirectory, "ParallelLauncher" + Suffix);
    public static readonly string DummyWorker = Path.Combine(AppContext.BaseDirectory, "DummyWorker" + Suffix);

    /// <summary>The folder of the sources.</summary>
    public static readonly string Root = SourceTree.Root;

    /// <summary>A command in a folder, with a launcher's variables gone and Python found already.</summary>
    public static Command Command(string program, string folder, params string[] arguments) =>
        Cli.Wrap(program)
            .WithArguments(arguments)
            .WithWorkingDirectory(folder)
            .WithEnvironmentVariables(variables => variables
                .Set(WorkerEnvironment.StorageVariable, null)
                .Set(WorkerEnvironment.StudyVariable, null)
                .Set(WorkerEnvironment.SeedVariable, null)
                .Set(WorkerEnvironment.TotalTrialsVariable, null)
                // Several tests run at a time: with more threads than cores, these wait for each other.
                .Set("OMP_NUM_THREADS", "1")
                .Set(PythonLocator.Variable, Python))
            .WithValidation(CommandResultValidation.None);

    public static async Task<BufferedCommandResult> RunAsync(string program, string folder, params string[] arguments) =>
        await Command(program, folder, arguments).ExecuteBufferedAsync();
}
