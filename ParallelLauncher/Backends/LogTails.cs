using Hpo.Interop.Launches;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Backends;

/// <summary>Follows the workers' logs, which agents on other hosts write.</summary>
internal sealed class LogTails : IDisposable
{
    private readonly (string Path, long Position)[] _logs;
    private readonly IWorkerObserver _observer;

    /// <summary>What the logs hold already is not shown.</summary>
    public LogTails(RunPaths paths, int workers, IWorkerObserver observer)
    {
        _observer = observer;
        _logs = [.. Enumerable.Range(0, workers).Select(paths.WorkerLog).Select(path => (path, File.Exists(path) ? new FileInfo(path).Length : 0))];
    }

    /// <summary>Shows the lines that are new and whole.</summary>
    public void Read()
    {
        for (int index = 0; index < _logs.Length; index++)
        {
            try
            {
                _logs[index].Position = Read(index, _logs[index].Path, _logs[index].Position);
            }
            catch (Exception error) when (FileErrors.Is(error))
            {
                // It is not there yet, or its host has just gone.
            }
        }
    }

    public void Dispose() => Read();

    private long Read(int index, string path, long position)
    {
        if (!File.Exists(path)) return position;
        LogTail tail = LogTail.Read(path, position);
        foreach (string line in tail.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)) _observer.OnLine(index, line, isError: false);
        return tail.Next;
    }
}
