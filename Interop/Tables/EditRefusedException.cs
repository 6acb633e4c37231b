namespace Hpo.Interop.Tables;

/// <summary>A change that cannot be made; nothing was changed.</summary>
/// <param name="message">Why.</param>
/// <param name="isConflict">Whether what it is about is there, but not as it was thought to be.</param>
internal sealed class EditRefusedException(string message, bool isConflict = false) : Exception(message)
{
    public bool IsConflict => isConflict;
}
