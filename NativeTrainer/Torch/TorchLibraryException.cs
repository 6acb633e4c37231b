using Hpo.Interop;
using Hpo.Interop.Reporting.CommandLine;

namespace Hpo.NativeTrainer.Torch;

/// <summary>libtorch, or TorchSharp's library over it, cannot be loaded on this machine.</summary>
public sealed class TorchLibraryException(string message, Exception? innerException = null) : Exception(message, innerException), IUserError
{
    int IUserError.ExitCode => WorkerExitCode.Environment;
}
