using Hpo.Tests;
using MySqlConnector;

namespace Hpo.ParallelLauncher.Tests.Launches;

/// <summary>Reads Optuna's tables on the server, without any of the code that is tested.</summary>
internal static class StudyQueries
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>How many trials fulfil a condition; none before there are tables.</summary>
    public static async Task<long> TrialsAsync(this DatabaseServer server, string database, string condition)
    {
        try
        {
            return (long)(await server.ExecuteAsync($"SELECT COUNT(*) FROM {database}.trials WHERE {condition}"))!;
        }
        catch (MySqlException error) when (error.Number is 1049 or 1146)
        {
            return 0;
        }
    }

    /// <summary>Waits until so many trials fulfil a condition.</summary>
    public static async Task WaitForTrialsAsync(this DatabaseServer server, string database, string condition, int least)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await server.TrialsAsync(database, condition) < least) await timer.WaitForNextTickAsync(limit.Token);
    }
}
