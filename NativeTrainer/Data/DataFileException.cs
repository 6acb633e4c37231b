using Hpo.Interop;
using Hpo.Interop.Reporting.CommandLine;

namespace Hpo.NativeTrainer.Data;

/// <summary>A data file is missing or cannot be read as what it should be.</summary>
/// <param name="path">The file.</param>
/// <param name="problem">What is wrong with it.</param>
/// <param name="remedy">What to do about it, a sentence.</param>
/// <param name="innerException">What the file system or the decompression said, or null.</param>
internal sealed class DataFileException(string path, string problem, string remedy, Exception? innerException = null)
    : Exception($"{path}: {problem} {remedy}", innerException), IUserError
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;

    int IUserError.ExitCode => WorkerExitCode.Environment;
}
