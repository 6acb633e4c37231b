using Hpo.Interop.Storages;
using Hpo.Interop.Tables;

namespace Hpo.Interop.Reporting.CommandLine;

/// <summary>The exit code and the line for what goes wrong around a study.</summary>
internal static class FailureExit
{
    /// <summary>The user's error, or null for an exception that is none: a fault of the program.</summary>
    public static UserError? From(Exception exception) => exception switch
    {
        UserError error => error,
        IUserError error => new UserError(exception.Message, error.ExitCode),
        PythonStartException or OptunaFeatureException => new UserError(exception.Message, WorkerExitCode.Environment),
        StudyNotFoundException or TableException => new UserError(exception.Message, WorkerExitCode.Storage),
        StorageException storage => new UserError(Describe(storage), WorkerExitCode.Storage),
        DirectionMismatchException or DuplicatedStudyException or StorageUrlException =>
            new UserError(exception.Message, WorkerExitCode.Usage),
        OutputFileException or OptunaException => new UserError(exception.Message, WorkerExitCode.Failure),
        _ => null,
    };

    // SQLAlchemy appends the statement and a link for its own developers.
    private static string Describe(StorageException exception)
    {
        string reason = exception.PythonMessage.Split("\n")[0];
        return $"the storage failed: {reason} Check --storage, and whether it can be reached ('NativeTrainer doctor' checks it).";
    }
}
