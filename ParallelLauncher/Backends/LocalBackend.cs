using System.Globalization;
using Hpo.Interop;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Backends;

/// <summary>Runs the workers as processes of this machine. What goes wrong with one of them does not end the others.</summary>
internal sealed class LocalBackend(WorkerServices services, RunFaults faults)
{
    /// <summary>Runs all workers of a plan to their end, and gives how each ended, by index.</summary>
    public async Task<IReadOnlyList<WorkerStatus>> RunAsync(LaunchPlan plan, RunPaths paths, StopController stop)
    {
        using var noRestarts = new CancellationTokenSource();
        return await Task.WhenAll(Enumerable.Range(0, plan.Workers).Select(async index =>
        {
            WorkerStatus ended = await SuperviseAsync(index, noRestarts.Token);
            if (ended.State is WorkerState.Failed) await HaltAsync(ended);
            return ended;
        }));

        async Task<WorkerStatus> SuperviseAsync(int index, CancellationToken noRestart)
        {
            try
            {
                return await new WorkerSupervisor(services, plan, index, paths.WorkerLog(index)).RunAsync(stop, noRestart);
            }
            catch (Exception error)
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"The supervision of worker {index}"), error);
                var failed = new WorkerStatus
                {
                    Index = index,
                    State = WorkerState.Failed,
                    ExitCode = WorkerExitCode.Failure,
                    Problem = error.Message,
                };
                services.Observer.OnStatus(failed);
                return failed;
            }
        }

        async Task HaltAsync(WorkerStatus failed)
        {
            if (plan.Halt is HaltPolicy.Never) return;
            await noRestarts.CancelAsync();
            if (plan.Halt is HaltPolicy.Now)
            {
                stop.Request(new StopReason(StopCause.WorkerFailed, string.Create(CultureInfo.InvariantCulture,
                    $"worker {failed.Index} failed with exit code {failed.ExitCode}")));
            }
        }
    }
}
