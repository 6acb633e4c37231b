namespace Hpo.ParallelLauncher.Workers;

/// <summary>A program and its arguments, ready to be started.</summary>
internal sealed record ProcessLine(string Program, IReadOnlyList<string> Arguments);

/// <summary>What the operating system offers for holding on to workers.</summary>
internal interface IProcessPlatform
{
    /// <summary>What cannot be promised here, in words, or null where all can.</summary>
    string? Limitation { get; }

    /// <summary>Wraps a worker so that it has signals at their defaults, a session of its own, and dies with the launcher.</summary>
    ProcessLine Wrap(ProcessLine worker);

    /// <summary>Sends a worker the signal of a stage.</summary>
    void Send(StopStage stage, IStoppableProcess process);

    /// <summary>Ends what a worker that has exited left running.</summary>
    void EndLeftovers(int processId);
}

/// <summary>A process that can be asked to stop without signals.</summary>
internal interface IStoppableProcess
{
    int Id { get; }

    /// <summary>Sends the console's interrupt.</summary>
    void Interrupt();

    /// <summary>Kills the process and its children.</summary>
    void KillTree();
}
