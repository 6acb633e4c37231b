using System.CommandLine;
using System.Globalization;
using Hpo.NativeTrainer.Classifiers;

namespace Hpo.NativeTrainer.Commands;

/// <summary>Options that several commands share, each checked while the command line is parsed.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() =>
        new("--json") { Description = "Write the results as one JSON document" };

    public static Option<bool> Verbose() =>
        new("--verbose") { Description = "Show Optuna's own log lines too" };

    public static Option<string> Model() => OneOf("--model", "The classifier", ModelKinds.Names, ModelKind.Forest.Name());

    /// <summary>An option whose value is one of a few names.</summary>
    public static Option<string> OneOf(string name, string description, IReadOnlyCollection<string> names, string byDefault)
    {
        var option = new Option<string>(name)
        {
            Description = $"{description}: {string.Join(", ", names)}",
            HelpName = "name",
            DefaultValueFactory = _ => byDefault,
        };
        option.Validators.Add(result =>
        {
            string? value = result.GetValueOrDefault<string>();
            if (value is null || !names.Contains(value))
                result.AddError($"{name} must be one of {string.Join(", ", names)}, not '{value}'.");
        });
        return option;
    }

    /// <summary>A number that may be left out.</summary>
    public static Option<T?> Optional<T>(string name, string description, Func<T, bool> isValid, string range)
        where T : struct, IParsable<T> => new(name)
        {
            Description = description,
            HelpName = "n",
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (T.TryParse(text, CultureInfo.InvariantCulture, out T value) && isValid(value)) return value;
                result.AddError($"{name} must be {range}, not '{text}'.");
                return null;
            },
        };

    public static Option<int> Folds() =>
        Checked("--folds", "Folds of the cross-validation", 5, folds => folds >= 2, "at least 2");

    public static Option<long> Seed(string name = "--seed") =>
        Checked(name, "Seed of the split and of the classifiers", 0L, seed => seed >= 0, "at least 0");

    public static Option<double> TestSize() => Checked(
        "--test-size", "Share of the rows set aside for the test", 0.1, size => size is > 0 and < 1, "between 0 and 1");

    public static Option<int> Jobs(string description = "Threads to use, -1 for all cores", int byDefault = -1) => Checked(
        "--n-jobs", description, byDefault, jobs => jobs is -1 or >= 1, "at least 1, or -1 for all cores");

    /// <summary>The number of threads that a value of --n-jobs stands for.</summary>
    public static int Threads(int jobs) => jobs == -1 ? Environment.ProcessorCount : jobs;

    /// <summary>A number with a default.</summary>
    public static Option<T> Checked<T>(string name, string description, T byDefault, Func<T, bool> isValid, string range)
        where T : IParsable<T> => new(name)
        {
            Description = description,
            HelpName = "n",
            DefaultValueFactory = _ => byDefault,
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (T.TryParse(text, CultureInfo.InvariantCulture, out T? value) && isValid(value))
                    return value;
                result.AddError($"{name} must be {range}, not '{text}'.");
                return byDefault;
            },
        };
}
