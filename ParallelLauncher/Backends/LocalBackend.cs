using System.Globalization;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Backends;

/// <summary>Runs the workers as processes of this machine.</summary>
internal sealed class LocalBackend(WorkerServices services) : IWorkerBackend
{
    public async Task<IReadOnlyList<WorkerStatus>> RunAsync(LaunchPlan plan, RunPaths paths, StopController stop)
    {
        using var noRestarts = new CancellationTokenSource();
        return await Task.WhenAll(Enumerable.Range(0, plan.Workers).Select(async index =>
        {
            var supervisor = new WorkerSupervisor(services, plan, index, paths.WorkerLog(index));
            WorkerStatus ended = await supervisor.RunAsync(stop, noRestarts.Token);
            if (ended.State is WorkerState.Failed) await HaltAsync(ended);
            return ended;
        }));

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
