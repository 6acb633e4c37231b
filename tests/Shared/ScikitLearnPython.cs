namespace Hpo.TestSupport;

/// <summary>Finds a Python that can import scikit-learn.</summary>
internal static class ScikitLearnPython
{
    public const string Remedy =
        "no Python with scikit-learn was found: install python3-sklearn, or point HPO_PYTHON at a Python that has it";

    /// <summary>The first of HPO_PYTHON, python3 on PATH and the system's that imports sklearn, or null.</summary>
    public static string? Find() => PythonImport.FindPython("sklearn.ensemble");
}
