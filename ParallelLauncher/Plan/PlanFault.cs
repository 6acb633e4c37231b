using Hpo.Interop;

namespace Hpo.ParallelLauncher.Plan;

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Message">What is wrong, where, and the remedy.</param>
/// <param name="ExitCode">Its exit code.</param>
internal sealed record PlanFault(string Message, int ExitCode = WorkerExitCode.Usage);
