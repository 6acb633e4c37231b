namespace Hpo.NativeTrainer.Commands;

/// <summary>The results cannot be written to standard output.</summary>
/// <param name="cause">What the system answered.</param>
internal sealed class StandardOutputException(Exception cause)
    : Exception($"the results cannot be written to standard output: {(cause.InnerException ?? cause).Message}", cause);
