using System.ComponentModel;
using System.Diagnostics;

namespace Hpo.TestSupport;

/// <summary>Finds a Python that can import a module.</summary>
internal static class PythonImport
{
    /// <summary>The first of HPO_PYTHON, python3 on PATH and the system's that imports it, or null.</summary>
    public static string? FindPython(string module)
    {
        string?[] candidates = [Environment.GetEnvironmentVariable("HPO_PYTHON"), "python3", "/usr/bin/python3"];
        return candidates.FirstOrDefault(python => !string.IsNullOrEmpty(python) && Succeeds(python, module));
    }

    /// <summary>Whether a Python is there and imports it.</summary>
    public static bool Succeeds(string python, string module)
    {
        var start = new ProcessStartInfo(python, ["-c", $"import {module}"])
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
