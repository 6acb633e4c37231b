using Hpo.ParallelLauncher.Plan;

namespace Hpo.ParallelLauncher.Workers;

/// <summary>One worker's log file, both of its streams in the order in which their lines arrived.</summary>
internal sealed class WorkerLog : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Action<Exception> _onFailure;
    private StreamWriter? _writer;

    /// <param name="path">The file.</param>
    /// <param name="onFailure">Called once when the file cannot be written any more, for example on a full disk: the
    /// worker's computation is worth more than its log.</param>
    public WorkerLog(string path, Action<Exception> onFailure)
    {
        _onFailure = onFailure;
        try
        {
            _writer = RunFolder.OpenLines(path, FileMode.Append);
        }
        catch (Exception error) when (FileErrors.Is(error))
        {
            onFailure(error);
        }
    }

    public void Write(string line)
    {
        Exception? failure = null;
        lock (_lock)
        {
            try
            {
                _writer?.WriteLine(line);
            }
            catch (Exception error) when (FileErrors.Is(error))
            {
                failure = error;
                _writer = null;
            }
        }

        if (failure is not null) _onFailure(failure);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _writer?.Dispose();
            _writer = null;
        }
    }
}
