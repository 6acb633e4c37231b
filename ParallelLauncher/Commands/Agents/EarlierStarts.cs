using Hpo.Interop.Tables;
using Hpo.ParallelLauncher.Backends;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Progress;
using Hpo.ParallelLauncher.Studies;

namespace Hpo.ParallelLauncher.Commands.Agents;

/// <summary>
/// Sees to it that no start of a worker is numbered twice, and so has a seed twice: Kubernetes counts a Job's attempts anew after each
/// suspension. The study knows the starts that there were.
/// </summary>
internal static class EarlierStarts
{
    /// <summary>The number of a worker's first start in this attempt: the plan's, or where the study has that one, or a later one, the
    /// beginning of a further attempt.</summary>
    public static async Task<int> FirstAsync(LaunchPlan plan, int index, ILaunchObserver observer, CancellationToken cancellationToken)
    {
        int planned = plan.FirstStart(index);
        using StudyDatabase? database = StudyDatabase.For(plan.Storage, plan.StudyName);
        if (database is null) return planned;
        try
        {
            int? last = await database.LastStartAsync([.. new[] { plan.Run, plan.Request.Resumes }.OfType<string>()], index, cancellationToken);
            return last >= planned ? (last.Value / AgentPlan.StartsPerAttempt + 1) * AgentPlan.StartsPerAttempt : planned;
        }
        catch (TableException error)
        {
            observer.OnNote($"the study's earlier starts cannot be read: {error.Message} A seed may come twice.");
            return planned;
        }
    }
}
