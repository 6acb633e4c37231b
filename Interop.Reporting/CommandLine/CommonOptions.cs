using System.CommandLine;
using System.Globalization;

namespace Hpo.Interop.Reporting.CommandLine;

/// <summary>Options that several commands share, each checked while the command line is parsed.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() =>
        new("--json") { Description = "Write the results as one JSON document" };

    public static Option<bool> Verbose() =>
        new("--verbose") { Description = "Show Optuna's own log lines too" };

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
