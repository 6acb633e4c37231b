using System.CommandLine;
using Hpo.Interop.Reporting.CommandLine;
using Hpo.NativeTrainer.Classifiers;

namespace Hpo.NativeTrainer.Commands;

/// <summary>Options that several of the trainers' commands share.</summary>
internal static class TrainerOptions
{
    public static Option<string> Model() => CommonOptions.OneOf("--model", "The classifier", ModelKinds.Names, ModelKind.Forest.Name());

    public static Option<int> Folds() =>
        CommonOptions.Checked("--folds", "Folds of the cross-validation", 5, folds => folds >= 2, "at least 2");

    public static Option<long> Seed(string name = "--seed") =>
        CommonOptions.Checked(name, "Seed of the split and of the classifiers", 0L, seed => seed >= 0, "at least 0");

    public static Option<double> TestSize() => CommonOptions.Checked(
        "--test-size", "Share of the rows set aside for the test", 0.1, size => size is > 0 and < 1, "between 0 and 1");

    public static Option<int> Jobs(string description = "Threads to use, -1 for all cores", int byDefault = -1) => CommonOptions.Checked(
        "--n-jobs", description, byDefault, jobs => jobs is -1 or >= 1, "at least 1, or -1 for all cores");

    /// <summary>The number of threads that a value of --n-jobs means.</summary>
    public static int Threads(int jobs) => jobs == -1 ? Environment.ProcessorCount : jobs;
}
