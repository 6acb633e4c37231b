namespace Hpo.Interop;

/// <summary>A Python that can be embedded and has Optuna.</summary>
/// <param name="Executable">The full path of its executable; in a venv, the venv's.</param>
/// <param name="Library">The full path of its shared libpython.</param>
/// <param name="Version">Its version, e.g. 3.11.2.</param>
/// <param name="OptunaVersion">The version of its Optuna, e.g. 3.1.0.</param>
/// <param name="Origin">What named it, e.g. <c>HPO_PYTHON</c> or <c>PATH</c>.</param>
public sealed record PythonInstallation(
    string Executable, string Library, string Version, string OptunaVersion, string Origin);
