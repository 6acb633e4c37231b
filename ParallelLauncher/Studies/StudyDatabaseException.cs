namespace Hpo.ParallelLauncher.Studies;

/// <summary>A call of the study's database failed, whatever the driver threw. Nothing of it was stored.</summary>
/// <param name="message">What failed, for a person. It never holds a password.</param>
/// <param name="isTransient">Whether the same call may succeed when it is made again.</param>
/// <param name="cause">What the driver threw.</param>
internal sealed class StudyDatabaseException(string message, bool isTransient, Exception cause) : Exception(message, cause)
{
    public bool IsTransient { get; } = isTransient;
}
