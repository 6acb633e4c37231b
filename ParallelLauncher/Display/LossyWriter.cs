using System.Text;
using Hpo.ParallelLauncher.Plan;

namespace Hpo.ParallelLauncher.Display;

/// <summary>
/// Writes where it can: what the system refuses, because the disk is full or the reader is gone, is lost, and reported once.
/// A run is worth more than what is written about it.
/// </summary>
/// <param name="target">Where the text goes.</param>
/// <param name="onLoss">Called with the first failure; null to report nothing.</param>
internal sealed class LossyWriter(TextWriter target, Action<Exception>? onLoss = null) : TextWriter
{
    private int _losses;

    public override Encoding Encoding => target.Encoding;

    public override void Write(char value) => Try(() => target.Write(value));

    public override void Write(string? value) => Try(() => target.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(() => target.Write(buffer, index, count));

    public override void WriteLine(string? value) => Try(() => target.WriteLine(value));

    public override void Flush() => Try(target.Flush);

    protected override void Dispose(bool disposing)
    {
        if (disposing) Try(target.Dispose);
        base.Dispose(disposing);
    }

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (FileErrors.Is(error))
        {
            if (Interlocked.Increment(ref _losses) == 1) onLoss?.Invoke(error);
        }
    }
}
