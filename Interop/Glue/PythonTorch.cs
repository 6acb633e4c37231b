using System.Diagnostics;

namespace Hpo.Interop.Glue;

/// <summary>Python's torch beside TorchSharp: each brings a libtorch with the same symbols, and a process that loads both ends
/// without a word.</summary>
internal static class PythonTorch
{
    private const string TorchSharpLibrary = "LibTorchSharp";

    /// <exception cref="OptunaException">This process has TorchSharp's libtorch.</exception>
    public static void EnsurePossible(string user)
    {
        using var process = Process.GetCurrentProcess();
        bool isTaken = process.Modules.Cast<ProcessModule>()
            .Any(module => module.ModuleName.Contains(TorchSharpLibrary, StringComparison.OrdinalIgnoreCase));
        if (!isTaken) return;
        throw new OptunaException(
            $"{user} needs Python's torch, and TorchSharp is loaded in this process: their two libtorch cannot stand side by " +
            "side. Train in a process of its own, or choose another sampler.");
    }
}
