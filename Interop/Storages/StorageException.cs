using Hpo.Interop.Bridge;

namespace Hpo.Interop;

/// <summary>
/// The storage failed: it cannot be reached, refuses the login, or reports an error. Optuna's
/// <c>StorageInternalError</c> and the errors of its database layer.
/// </summary>
public sealed class StorageException : PythonCallException
{
    internal StorageException(PythonError error)
        : base(error)
    {
    }

    internal StorageException(PythonError error, string message)
        : base(error, message)
    {
    }
}
