using Hpo.Interop.Bridge;

namespace Hpo.Interop.Glue;

/// <summary>Gives Optuna's own errors their C# types.</summary>
internal static class OptunaErrors
{
    /// <summary>The class that prunes a trial.</summary>
    public const string TrialPruned = "optuna.exceptions.TrialPruned";

    /// <summary>The typed exception, or null where the Python error has none.</summary>
    public static Exception? Translate(PythonCallException exception)
    {
        // One that passed through an inner call is translated already.
        if (exception.GetType() != typeof(PythonCallException)) return null;
        PythonError error = exception.Error;
        if (error.BaseNames.Contains("hpo_glue.features.FeatureMissingError"))
            return new OptunaFeatureException(error.Message);
        if (error.BaseNames.Contains("optuna.exceptions.StorageInternalError") || error.BaseNames.Any(IsDatabaseError))
            return new StorageException(error);
        return null;
    }

    public static bool IsDuplicatedStudy(PythonCallException exception) =>
        exception.Error.BaseNames.Contains("optuna.exceptions.DuplicatedStudyError");

    private static bool IsDatabaseError(string name) => name.StartsWith("sqlalchemy.exc.", StringComparison.Ordinal);
}
