using Hpo.TestSupport;

namespace Hpo.Interop.Tests;

/// <summary>What the Optuna under test has: each feature is tested either at work or as the clear error of its absence.</summary>
internal static class InstalledOptuna
{
    /// <summary>Runs the test where this Optuna has the feature; else it must say which version has it.</summary>
    /// <param name="since">The version that brought it, e.g. 3.3.</param>
    /// <param name="use">Uses it.</param>
    /// <param name="told">The version that is told where nothing of it is there; null for the same.</param>
    /// <param name="module">A module that Optuna needs for it, and does not bring; where it is not there, its package must be named.</param>
    public static void From(string since, Action use, string? told = null, string? module = null)
    {
        if (!IsAtLeast(since)) use.Should().Throw<OptunaFeatureException>().WithMessage($"*install Optuna {told ?? since}*");
        else if (module is not null && !PythonImport.Succeeds(OptunaRuntime.Current.Python.Executable, module))
            use.Should().Throw<OptunaFeatureException>().WithMessage($"*needs the Python package {module}*python3-{module}*");
        else use();
    }

    public static bool IsAtLeast(string version) => Parse(OptunaRuntime.Current.Python.OptunaVersion) >= Version.Parse(version);

    private static Version Parse(string version) =>
        Version.Parse(string.Join('.', version.Split('.').Take(2)));
}
