using System.Globalization;
using Hpo.Interop;
using Hpo.Interop.Launches;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Backends;

/// <summary>Runs workers as processes of this machine. What goes wrong with one of them does not end the others.</summary>
/// <param name="services">What they share.</param>
/// <param name="faults">Takes what fails beside them.</param>
/// <param name="indexes">Which workers of the plan; null for all.</param>
internal sealed class LocalBackend(WorkerServices services, RunFaults faults, IReadOnlyList<int>? indexes = null) : IWorkerBackend
{
    public async Task<IReadOnlyList<WorkerStatus>> RunAsync(LaunchPlan plan, RunPaths paths, IWorkSource work, StopController stop)
    {
        using var noRestarts = new CancellationTokenSource();
        return await Task.WhenAll((indexes ?? [.. Enumerable.Range(0, plan.Workers)]).Select(async index =>
        {
            WorkerStatus ended = await SuperviseAsync(index, noRestarts.Token);
            if (ended.State is WorkerState.Failed) await HaltAsync(ended);
            return ended;
        }));

        async Task<WorkerStatus> SuperviseAsync(int index, CancellationToken noRestart)
        {
            try
            {
                return await new WorkerSupervisor(services with { Work = work }, plan, index, paths.WorkerLog(index)).RunAsync(stop, noRestart);
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
