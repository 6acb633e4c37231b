using Hpo.Interop.Bridge;

namespace Hpo.Interop.HostedByPython;

/// <summary>
/// Keeps libtorch from being loaded twice: TorchSharp and Python's torch bring one each, with the same symbols, and a
/// process that loads both ends.
/// </summary>
internal static class TorchGuard
{
    private static Func<string?>? _claim;
    private static string? _refusal;

    /// <summary>Why TorchSharp was not loaded, or null.</summary>
    public static string? Refusal => Volatile.Read(ref _refusal);

    /// <param name="claim">Reserves this process for TorchSharp, or gives the reason why that cannot be.</param>
    public static void Use(Func<string?> claim) => _claim = claim;

    /// <summary>Called before an objective loads a native library.</summary>
    /// <exception cref="TorchConflictException">It is libtorch, and Python has its own already.</exception>
    public static void BeforeLoading(string library)
    {
        if (_claim is null || !library.Contains("torch", StringComparison.OrdinalIgnoreCase)) return;
        if (_claim() is not { } reason) return;
        Volatile.Write(ref _refusal, reason);
        throw new TorchConflictException(reason);
    }

    public static Func<string?> Claim(PythonBridge bridge, PythonHandle function) =>
        () => bridge.Call(function).AsOptionalString();
}
