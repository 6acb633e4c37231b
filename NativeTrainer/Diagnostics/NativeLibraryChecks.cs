using System.Runtime.InteropServices;
using Hpo.Interop;
using Hpo.NativeTrainer.Torch;
using Microsoft.ML.Trainers.LightGbm;
using SkiaSharp;

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

    public static Check SkiaSharp()
    {
        try
        {
            return new Check("skiasharp", true, $"the native library loads, version {SkiaSharpVersion.Native}");
        }
        catch (Exception exception) when
            (exception is DllNotFoundException or BadImageFormatException or TypeInitializationException)
        {
            string reason = exception.GetBaseException().Message.Split('\n')[0];
            return new Check(
                "skiasharp",
                false,
                $"the native library does not load, images of your own cannot be used: {reason}",
                WorkerExitCode.Environment);
        }
    }

    public static Check TorchSharp()
    {
        try
        {
            TorchLibrary.EnsureLoaded();
            return new Check("torchsharp", true, TorchLibrary.CuredCopy is { } copy
                ? $"libtorch loads, through a copy that this system's libstdc++ can load: {copy}"
                : "libtorch loads");
        }
        catch (TorchLibraryException exception)
        {
            return new Check("torchsharp", false, exception.Message, WorkerExitCode.Environment);
        }
    }
}
