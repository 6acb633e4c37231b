using System.CommandLine;
using Hpo.Interop;
using Hpo.Interop.Reporting.CommandLine;

namespace Hpo.NativeTrainer.Commands;

/// <summary>The trial whose model is tested and saved.</summary>
internal static class ChosenTrial
{
    public static Option<int?> Option(string description) => CommonOptions.Optional<int>("--trial", description, number => number >= 0, "at least 0");

    /// <summary>The trial that is asked for, else the best one; null where that is none, or one of several.</summary>
    /// <param name="study">The study's name.</param>
    /// <param name="trials">Its trials.</param>
    /// <param name="best">The best ones.</param>
    /// <param name="number">The number that is asked for, or null.</param>
    /// <exception cref="UserError">There is no complete trial of that number.</exception>
    public static FrozenTrial? Of(string study, IReadOnlyList<FrozenTrial> trials, IReadOnlyList<FrozenTrial> best, int? number) =>
        number is { } wanted
            ? trials.FirstOrDefault(trial => trial.Number == wanted && trial.State == TrialState.Complete)
                ?? throw new UserError($"--trial {wanted}: the study '{study}' has no such complete trial.")
            : best is [var only] ? only : null;

    /// <summary>What is said where one of several has to be chosen.</summary>
    public static string Several(string study, IReadOnlyList<FrozenTrial> best) =>
        $"The study '{study}' has {best.Count} best trials: choose one with --trial, out of {string.Join(", ", best.Select(trial => trial.Number))}.";
}
