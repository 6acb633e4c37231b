using System.Net;
using Hpo.Interop.Tables;

namespace Hpo.Interop.Launches;

/// <summary>Identifies a process, also among those that have the same id at another time.</summary>
/// <param name="Host">The machine's name.</param>
/// <param name="Boot">The machine's start, or null where the system does not tell.</param>
/// <param name="Space">The space in which the process's number counts: containers have their own. Null where unknown.</param>
/// <param name="Pid">The process's number.</param>
/// <param name="Born">When it started, in the system's own units. Null where unknown.</param>
internal sealed record ProcessIdentity(string Host, string? Boot, string? Space, int Pid, string? Born)
{
    private const int BirthField = 19;

    /// <summary>This process.</summary>
    public static ProcessIdentity Current { get; } = new(
        Dns.GetHostName(), BootOfThisMachine(), SpaceOfThisProcess(), Environment.ProcessId, BirthOf(Environment.ProcessId));

    /// <summary>A trial's worker.</summary>
    public static ProcessIdentity Of(TrialOwner owner) => new(owner.Host, owner.Boot, owner.Space, owner.Pid, owner.Born);

    /// <summary>Whether the process lives, or null where this machine cannot know.</summary>
    public bool? IsAlive()
    {
        if (Host != Current.Host || Boot is null || Current.Boot is null) return null;
        if (Boot != Current.Boot) return false;
        if (Space != Current.Space || Born is null) return null;
        return BirthOf(Pid) == Born;
    }

    /// <summary>When a process started, or null where none runs; a zombie does not.</summary>
    private static string? BirthOf(int pid) => OrNull(() =>
    {
        string stat = File.ReadAllText(FormattableString.Invariant($"/proc/{pid}/stat"));
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields[0] is "Z" or "X" ? null : fields[BirthField];
    });

    private static string? BootOfThisMachine() => OrNull(() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim());

    private static string? SpaceOfThisProcess() => OrNull(() => new FileInfo("/proc/self/ns/pid").LinkTarget);

    private static string? OrNull(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
