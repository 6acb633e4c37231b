namespace Hpo.NativeTrainer.Tables.Features;

/// <summary>How categories become numbers.</summary>
internal enum CategoryEncoding
{
    /// <summary>A number for each level, of which one is 1.</summary>
    OneHot,

    /// <summary>The target's mean among the rows of the level, drawn towards the mean of all rows where the level has few.</summary>
    Target,

    /// <summary>The level's number, for models with embeddings; 0 is a level that was not there.</summary>
    Codes,
}

/// <summary>How a table's columns become a model's features.</summary>
internal sealed record FeatureOptions
{
    public CategoryEncoding Encoding { get; init; }

    /// <summary>Whether missing numbers stay NaN; else they become the column's mean.</summary>
    public bool KeepsMissing { get; init; }

    /// <summary>Whether a column with missing numbers has a feature beside it that says where.</summary>
    public bool IndicatesMissing { get; init; }

    /// <summary>Whether numbers are brought to mean 0 and variance 1.</summary>
    public bool Scales { get; init; }

    /// <summary>Terms (words and pairs of words) that a text becomes at most.</summary>
    public int Terms { get; init; } = 200;
}
