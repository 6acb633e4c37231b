using System.Runtime.CompilerServices;

namespace Hpo.Tests;

internal static class Poll
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Waits until it is so.</summary>
    /// <exception cref="TimeoutException">It is not so after a minute.</exception>
    public static async Task UntilAsync(Func<Task<bool>> isSo, [CallerArgumentExpression(nameof(isSo))] string condition = "")
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!await isSo())
        {
            try
            {
                await Task.Delay(50, limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"After {Limit.TotalSeconds:0} seconds it was still not so: {condition}");
            }
        }
    }

    /// <inheritdoc cref="UntilAsync(Func{Task{bool}}, string)"/>
    public static Task UntilAsync(Func<bool> isSo, [CallerArgumentExpression(nameof(isSo))] string condition = "") =>
        UntilAsync(() => Task.FromResult(isSo()), condition);
}
