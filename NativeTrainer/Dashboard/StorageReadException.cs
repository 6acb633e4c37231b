namespace Hpo.NativeTrainer.Dashboard;

/// <summary>The database failed while studies were read.</summary>
/// <param name="message">What failed, where, and the remedy; it never holds the password.</param>
/// <param name="isTransient">Whether the same read may succeed later.</param>
/// <param name="cause">What the database's driver threw.</param>
internal sealed class StorageReadException(string message, bool isTransient, Exception cause) : Exception(message, cause)
{
    public bool IsTransient { get; } = isTransient;
}
