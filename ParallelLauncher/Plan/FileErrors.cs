using System.Security;
using Hpo.Interop;

namespace Hpo.ParallelLauncher.Plan;

/// <summary>The one list of what reading or writing a file can throw for reasons that lie outside of the program.</summary>
internal static class FileErrors
{
    /// <summary>Whether the system refused the file: it is not there, the disk is full, a right is missing.</summary>
    public static bool Is(Exception error) => error is IOException or UnauthorizedAccessException or SecurityException;

    /// <inheritdoc cref="Require{T}"/>
    public static void Require(string folder, Action write) => Require(folder, () =>
    {
        write();
        return true;
    });

    /// <summary>Writes what the run cannot do without.</summary>
    /// <exception cref="LaunchException">It cannot be written; the message names the folder.</exception>
    public static T Require<T>(string folder, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception error) when (Is(error))
        {
            throw new LaunchException(
                $"The run's files cannot be written to {Path.GetFullPath(folder)}: {error.Message}", WorkerExitCode.Failure);
        }
    }
}
