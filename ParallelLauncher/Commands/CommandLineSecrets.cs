using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Hpo.Interop.Storages;
using Hpo.ParallelLauncher.Plan;

namespace Hpo.ParallelLauncher.Commands;

/// <summary>
/// Overwrites passwords in this process's own command line, as database clients do, so that <c>ps</c> does not show them
/// for as long as the launcher runs. OPTUNA_STORAGE keeps them from showing even for the first moment.
/// </summary>
internal static class CommandLineSecrets
{
    // Fields of /proc/self/stat, counted from the one that follows the command's name.
    private const int ArgumentsStartField = 45;
    private const int ArgumentsEndField = 46;

    public static void Erase(IEnumerable<string> arguments)
    {
        if (!OperatingSystem.IsLinux()) return;
        string[] secrets = [.. arguments.Where(argument => StorageUrl.MaskAll(argument) != argument)];
        if (secrets.Length == 0) return;
        try
        {
            Erase(secrets);
        }
        catch (Exception error) when (FileErrors.Is(error))
        {
            // Without /proc there is no ps that could show them either.
        }
    }

    private static void Erase(string[] secrets)
    {
        string stat = File.ReadAllText("/proc/self/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        nint start = nint.Parse(fields[ArgumentsStartField], CultureInfo.InvariantCulture);
        nint end = nint.Parse(fields[ArgumentsEndField], CultureInfo.InvariantCulture);
        if (start <= 0 || end <= start) return;

        byte[] commandLine = new byte[end - start];
        Marshal.Copy(start, commandLine, 0, commandLine.Length);
        foreach (string secret in secrets)
        {
            int at = commandLine.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret));
            if (at < 0) continue;
            int keep = Encoding.UTF8.GetByteCount(secret.AsSpan(0, secret.IndexOf("://", StringComparison.Ordinal) + 3));
            commandLine.AsSpan(at + keep, Encoding.UTF8.GetByteCount(secret) - keep).Fill((byte)'*');
        }

        Marshal.Copy(commandLine, 0, start, commandLine.Length);
    }
}
