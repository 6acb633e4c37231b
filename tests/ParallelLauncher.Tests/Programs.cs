namespace Hpo.ParallelLauncher.Tests;

/// <summary>The programs under test, which the build puts beside the tests.</summary>
internal static class Programs
{
    private static readonly string Suffix = OperatingSystem.IsWindows() ? ".exe" : "";

    public static readonly string Launcher = Path.Combine(AppContext.BaseDirectory, "ParallelLauncher" + Suffix);
    public static readonly string DummyWorker = Path.Combine(AppContext.BaseDirectory, "DummyWorker" + Suffix);
    public static readonly string DummyWorkerAssembly = Path.Combine(AppContext.BaseDirectory, "DummyWorker.dll");
}
