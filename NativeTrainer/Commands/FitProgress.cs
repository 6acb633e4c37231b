using Spectre.Console;

namespace Hpo.NativeTrainer.Commands;

/// <summary>A progress bar with the time left for work of a known number of equal steps.</summary>
internal static class FitProgress
{
    /// <summary>
    /// Runs the work on the thread pool and returns as soon as it is done or cancelled, even if a library in it does not
    /// notice the cancellation.
    /// </summary>
    public static async Task<T> RunAsync<T>(
        IAnsiConsole console, string title, int steps, Func<Action, T> work, CancellationToken cancellation)
    {
        return await ProgressBars.Create(console)
            .StartAsync(async context =>
            {
                ProgressTask bar = context.AddTask(title, maxValue: steps);
                return await Task.Run(() => work(() => bar.Increment(1)), cancellation).WaitAsync(cancellation);
            });
    }
}
