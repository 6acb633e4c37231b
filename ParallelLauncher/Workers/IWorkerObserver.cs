namespace Hpo.ParallelLauncher.Workers;

/// <summary>Is notified of what the workers do. Called from several threads. It leaves out what it does not need.</summary>
internal interface IWorkerObserver
{
    /// <summary>A worker wrote a line.</summary>
    void OnLine(int index, string line, bool isError) { }

    /// <summary>A worker's status changed.</summary>
    void OnStatus(WorkerStatus status);

    /// <summary>Something that a person should know.</summary>
    void OnNote(string message) { }
}
