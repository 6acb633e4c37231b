using System.ComponentModel;
using System.Diagnostics;

namespace Hpo.ParallelLauncher.Plan;

/// <summary>Finds the Python for .py workers: the first that can import Optuna.</summary>
internal static class PythonWithOptuna
{
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable("HPO_PYTHON") is { Length: > 0 } chosen)
        {
            return CanImportOptuna(chosen) ? chosen : null;
        }

        return SearchPath.FindAll("python3").Append("/usr/bin/python3").Distinct().FirstOrDefault(CanImportOptuna);
    }

    private static bool CanImportOptuna(string python)
    {
        try
        {
            // find_spec does not run Optuna's own imports, which take a second.
            using var process = Process.Start(new ProcessStartInfo(
                python, ["-c", "import importlib.util, sys; sys.exit(importlib.util.find_spec('optuna') is None)"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Exception error) when (error is Win32Exception or FileNotFoundException)
        {
            return false;
        }
    }
}
