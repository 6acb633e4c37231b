using System.Runtime.InteropServices;
using Hpo.Interop;
using Microsoft.ML.Trainers.LightGbm;

namespace Hpo.NativeTrainer.Diagnostics;

/// <summary>Native libraries, by loading them.</summary>
internal static class NativeLibraryChecks
{
    public static Check LightGbm()
    {
        try
        {
            NativeLibrary.Load("lib_lightgbm", typeof(LightGbmMulticlassTrainer).Assembly, null);
            return new Check("lightgbm", true, "the native library loads");
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
        {
            return new Check(
                "lightgbm",
                false,
                $"the native library does not load, --model lightgbm cannot be used: {exception.Message.Split('\n')[0]} " +
                "It needs the OpenMP runtime: apt-get install libgomp1.",
                WorkerExitCode.Environment);
        }
    }
}
