using Hpo.Interop.Engine;

namespace Hpo.Interop;

/// <summary>A study of that name exists already. Optuna's <c>DuplicatedStudyError</c>.</summary>
public sealed class DuplicatedStudyException : PythonException
{
    internal DuplicatedStudyException(PythonError error)
        : base(error, $"{error.Message} Use LoadIfExists = true to go on with it.")
    {
    }
}
