using System.ComponentModel;
using System.Diagnostics;

namespace Hpo.TestSupport;

/// <summary>Finds a Python that can import scikit-learn.</summary>
internal static class ScikitLearnPython
{
    public const string Remedy =
        "no Python with scikit-learn was found: install python3-sklearn, or point HPO_PYTHON at a Python that has it";

    /// <summary>The first of HPO_PYTHON, python3 on PATH and the system's that imports sklearn, or null.</summary>
    public static string? Find()
    {
        string?[] candidates = [Environment.GetEnvironmentVariable("HPO_PYTHON"), "python3", "/usr/bin/python3"];
        return candidates.FirstOrDefault(python => !string.IsNullOrEmpty(python) && ImportsScikitLearn(python));
    }

    private static bool ImportsScikitLearn(string python)
    {
        var start = new ProcessStartInfo(python, ["-c", "import sklearn.ensemble"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
