using System.Globalization;

namespace Hpo.ParallelLauncher.Backends.Slurm;

/// <summary>What squeue tells of a task's job: its name, and the folder in which it runs.</summary>
internal sealed record SlurmJobLine(int Index, string Name, string Folder)
{
    /// <summary>What squeue is asked for.</summary>
    public const string Format = "%K|%j|%Z";

    /// <summary>The task of a line, or null for a job without tasks.</summary>
    public static SlurmJobLine? Parse(string line) =>
        line.Split('|', 3) is [var index, var name, var folder] && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? new SlurmJobLine(number, name, folder) : null;
}
