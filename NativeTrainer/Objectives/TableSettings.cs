using System.IO.Hashing;
using System.Text.Json;
using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Tables.Training;

namespace Hpo.NativeTrainer.Objectives;

/// <summary>What the scores of a study over a table depend on besides its hyperparameters.</summary>
/// <param name="Options">The table and what is to be predicted of it.</param>
internal sealed record TableSettings(TableOptions Options) : IObjectiveSettings
{
    public const string Name = "table";

    private const string DataKey = "data";
    private const string TestKey = "test";
    private const string SpaceKey = "space";

    public string ObjectiveName => Name;

    /// <summary>The task, the metrics and the models as they were inferred or asked for.</summary>
    public required TablePlan Plan { get; init; }

    /// <summary>The options of a study, or null where it is none over a table.</summary>
    /// <param name="attrs">The study's user attributes.</param>
    /// <param name="data">Where the table is now, or null where it was.</param>
    public static TableOptions? OptionsOf(IReadOnlyDictionary<string, object?> attrs, string? data = null)
    {
        if (attrs.GetValueOrDefault(IObjectiveSettings.ObjectiveKey) is not Name) return null;
        return new TableOptions(data ?? (string)attrs[DataKey]!, (string)attrs["target"]!)
        {
            Task = (string)attrs["task"]!,
            Metrics = List(attrs["metrics"]),
            Models = List(attrs["models"]),
            Folds = (int)((long?)attrs["folds"] ?? 5),
            Validation = (double?)attrs["validation"],
            Test = (string?)attrs[TestKey],
            TestSize = (double)attrs["test_size"]!,
            Group = (string?)attrs["group"],
            Order = (string?)attrs["order"],
            Ignore = List(attrs["ignore"]),
            Categorical = List(attrs["categorical"]),
            Text = List(attrs["text"]),
            Separator = (string?)attrs["separator"],
            DecimalSeparator = (string?)attrs["decimal_separator"],
            SplitSeed = (int)(long)attrs["split_seed"]!,
        };
    }

    /// <summary>What narrows a study's search space, or null.</summary>
    public static string? SpaceOf(IReadOnlyDictionary<string, object?> attrs) => (string?)attrs.GetValueOrDefault(SpaceKey);

    public IReadOnlyDictionary<string, object?> ToUserAttrs() => new Dictionary<string, object?>
    {
        ["data_hash"] = Hash(Options.Data),
        ["test_hash"] = Options.Test is null ? null : Hash(Options.Test),
        ["target"] = Options.Target,
        ["task"] = Plan.Target.Task.ToString().ToLowerInvariant(),
        ["metrics"] = List(Plan.Metrics.Select(metric => metric.Name)),
        ["models"] = List(Plan.Models.Select(model => model.Name)),
        ["folds"] = Options.Validation is null ? (long)Options.Folds : null,
        ["validation"] = Options.Validation,
        ["test_size"] = Options.TestSize,
        ["group"] = Options.Group,
        ["order"] = Options.Order,
        ["ignore"] = List(Options.Ignore),
        ["categorical"] = List(Options.Categorical),
        ["text"] = List(Options.Text),
        ["separator"] = Options.Separator,
        ["decimal_separator"] = Options.DecimalSeparator,
        [SpaceKey] = Plan.Space?.Text,
        ["split_seed"] = (long)Options.SplitSeed,
    };

    public IReadOnlyDictionary<string, object?> ToHints() => new Dictionary<string, object?>
    {
        [DataKey] = Path.GetFullPath(Options.Data),
        [TestKey] = Options.Test is null ? null : Path.GetFullPath(Options.Test),
    };

    /// <summary>The hash of a file's content, by which workers know that they have the same table.</summary>
    /// <exception cref="DataFileException">The file cannot be read.</exception>
    public static string Hash(string file)
    {
        try
        {
            using FileStream stream = File.OpenRead(file);
            var hash = new XxHash128();
            hash.Append(stream);
            return Convert.ToHexStringLower(hash.GetCurrentHash());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException(file, error.Message, "Check the path.", error);
        }
    }

    private static string List(IEnumerable<string>? names) => JsonSerializer.Serialize(names ?? []);

    private static string[] List(object? text) => JsonSerializer.Deserialize<string[]>((string)text!)!;
}
