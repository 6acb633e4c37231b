using System.Text;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Backends;

/// <summary>Follows the workers' logs, which agents on other hosts write.</summary>
internal sealed class LogTails : IDisposable
{
    private const int MostBytes = 1 << 16; // of a worker at a time: what it wrote before is in its log

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
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (file.Length <= position) return position;
        position = Math.Max(position, file.Length - MostBytes);
        file.Position = position;
        byte[] bytes = new byte[file.Length - position];
        int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        int whole = bytes.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;
        foreach (string line in Encoding.UTF8.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            _observer.OnLine(index, line, isError: false);
        return position + whole;
    }
}
