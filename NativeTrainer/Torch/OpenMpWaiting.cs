using System.Runtime.InteropServices;

namespace Hpo.NativeTrainer.Torch;

/// <summary>
/// How long libtorch's threads spin for each other before they sleep. As it comes that is milliseconds: where another
/// program wants a core too, the ones that wait take it from the one they wait for, and a training on two threads was
/// measured to take eight times as long as on one.
/// </summary>
internal static class OpenMpWaiting
{
    private const string SpinVariable = "GOMP_SPINCOUNT";
    private const string PolicyVariable = "OMP_WAIT_POLICY";

    // Some microseconds: about what waking a thread up costs.
    private const string ShortSpin = "1000";

    /// <summary>Shortens it, unless the user's environment says how long. To be called before libtorch is loaded.</summary>
    public static void Shorten()
    {
        if (!OperatingSystem.IsLinux() || IsSet(SpinVariable) || IsSet(PolicyVariable)) return;
        // .NET's own variables are not seen by native code.
        _ = SetVariable(SpinVariable, ShortSpin, 0);
    }

    private static bool IsSet(string variable) => Environment.GetEnvironmentVariable(variable) is not null;

    [DllImport("libc", EntryPoint = "setenv", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetVariable(string name, string value, int overwrite);
}
