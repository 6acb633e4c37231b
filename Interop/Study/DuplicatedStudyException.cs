using Hpo.Interop.Bridge;

namespace Hpo.Interop;

/// <summary>A study of that name exists already. Optuna's <c>DuplicatedStudyError</c>.</summary>
public sealed class DuplicatedStudyException : PythonCallException
{
    internal DuplicatedStudyException(PythonError error, string name)
        : base(error, $"The study '{name}' exists already. Use LoadIfExists = true to go on with it.") => StudyName = name;

    /// <summary>The name that is taken.</summary>
    public string StudyName { get; }
}
