using System.Diagnostics;
using Hpo.Tests;

namespace Hpo.ParallelLauncher.Tests;

/// <summary>
/// The default storage with the dummy worker's study in it: made once, and copied into a test's folder, so that launches
/// which are not about that do not each start a Python to make it.
/// </summary>
internal static class PreparedStudy
{
    public const string Name = "DummyWorker";
    public const string Direction = "minimize";

    private static readonly Lazy<byte[]> Database = new(Create);

    public static void CopyInto(TemporaryFolder folder) => File.WriteAllBytes(folder.File("hpo.db"), Database.Value);

    private static byte[] Create()
    {
        using var folder = new TemporaryFolder();
        var start = new ProcessStartInfo(Programs.Launcher, ["prepare", "--study", Name, "--direction", Direction])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["OPTUNA_STORAGE"] = $"sqlite:///{folder.File("hpo.db")}";
        using Process prepare = Process.Start(start)!;
        prepare.StandardError.ReadToEndAsync();
        string output = prepare.StandardOutput.ReadToEnd();
        prepare.WaitForExit();
        if (prepare.ExitCode != 0) throw new InvalidOperationException(output);
        return File.ReadAllBytes(folder.File("hpo.db"));
    }
}
