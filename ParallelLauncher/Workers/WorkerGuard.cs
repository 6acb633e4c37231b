using System.Diagnostics;
using System.Globalization;
using Hpo.ParallelLauncher.Plan;

namespace Hpo.ParallelLauncher.Workers;

/// <summary>
/// A tiny process beside the launcher that ends the workers, and what they started, when the launcher is killed: it waits
/// for the end of a pipe that only the launcher holds open. A worker has a moment to end its trial in order.
/// </summary>
internal sealed class WorkerGuard : IDisposable
{
    // Lines "+ ID" and "- ID" tell which workers live. A group that has ended is no error.
    private const string Script =
        """
        trap '' INT TERM HUP
        live=' '
        while read -r change id; do
            case $change in
                +) live="$live$id " ;;
                -) case $live in *" $id "*) live="${live%% $id *} ${live#* $id }" ;; esac ;;
            esac
        done
        [ "$live" = ' ' ] && exit
        for id in $live; do kill -s TERM -- "$PREFIX$id"; done
        sleep 1
        for id in $live; do kill -s KILL -- "$PREFIX$id"; done
        """;

    private readonly Process _process;
    private readonly Lock _lock = new();

    private WorkerGuard(Process process) => _process = process;

    /// <summary>Starts the guard.</summary>
    /// <param name="spawner">Starts processes.</param>
    /// <param name="leaders">What comes before /bin/sh, for example setsid.</param>
    /// <param name="groups">Whether each worker leads a group of its own, which is then ended as a whole.</param>
    public static WorkerGuard Start(SpawnThread spawner, IReadOnlyList<string> leaders, bool groups)
    {
        string[] line = [.. leaders, "/bin/sh", "-c", Script];
        var start = new ProcessStartInfo(line[0], line.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["PREFIX"] = groups ? "-" : "";
        return new WorkerGuard(spawner.RunAsync(() => Process.Start(start)!).GetAwaiter().GetResult());
    }

    public int Id => _process.Id;

    public void Add(int processId) => Tell('+', processId);

    public void Remove(int processId) => Tell('-', processId);

    /// <summary>Lets the guard end; it kills no worker that was removed from it.</summary>
    public void Dispose()
    {
        try
        {
            _process.StandardInput.Close();
            _process.WaitForExit();
        }
        catch (Exception error) when (FileErrors.Is(error))
        {
            // It is gone already.
        }

        _process.Dispose();
    }

    private void Tell(char change, int processId)
    {
        lock (_lock)
        {
            try
            {
                _process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{change} {processId}"));
                _process.StandardInput.Flush();
            }
            catch (Exception error) when (FileErrors.Is(error))
            {
                // The guard was killed. The kernel still ends the workers themselves.
            }
        }
    }
}
