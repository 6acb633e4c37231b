using Hpo.Interop;
using Hpo.Interop.Reporting.CommandLine;

namespace Hpo.NativeTrainer.Torch;

/// <summary>The loss became NaN or infinite: the weights are lost.</summary>
/// <param name="epoch">When, from 1.</param>
/// <param name="loss">What it became.</param>
internal sealed class TrainingDivergedException(int epoch, double loss)
    : Exception(FormattableString.Invariant($"the training diverged in epoch {epoch}: its loss is {loss}")), IUserError
{
    public int Epoch { get; } = epoch;

    int IUserError.ExitCode => WorkerExitCode.Failure;
}
