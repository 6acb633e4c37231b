using Hpo.NativeTrainer.Tables.Features;
using Hpo.NativeTrainer.Tables.Space;

namespace Hpo.NativeTrainer.Tables.Models;

/// <summary>The part of models' search spaces that makes features, asked for where it can matter.</summary>
internal static class FeatureSpace
{
    private const string OneHot = "onehot";
    private const string Target = "target";
    private const string Mean = "mean";
    private const string Indicate = "indicate";
    private const int MostTargetOutputs = 10;

    /// <summary>For trees.</summary>
    /// <param name="space">Gives the hyperparameters.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="facts">What they depend on.</param>
    /// <param name="keepsMissing">Whether the model itself copes with missing numbers.</param>
    public static FeatureOptions OfTrees(IHyperparameters space, string model, TableFacts facts, bool keepsMissing = false) => new()
    {
        Encoding = Encoding(space, model, facts),
        KeepsMissing = keepsMissing,
        IndicatesMissing = !keepsMissing && Indicates(space, model, facts),
        Terms = Terms(space, model, facts),
    };

    /// <summary>For models that want numbers of one scale.</summary>
    /// <inheritdoc cref="OfTrees" path="/param[@name!='keepsMissing']"/>
    public static FeatureOptions OfScaled(IHyperparameters space, string model, TableFacts facts) =>
        OfTrees(space, model, facts) with { Scales = true };

    /// <summary>For models with embeddings.</summary>
    /// <inheritdoc cref="OfScaled" path="/param"/>
    public static FeatureOptions OfEmbeddings(IHyperparameters space, string model, TableFacts facts) => new()
    {
        Encoding = CategoryEncoding.Codes,
        Scales = true,
        IndicatesMissing = Indicates(space, model, facts),
        Terms = Terms(space, model, facts),
    };

    private static CategoryEncoding Encoding(IHyperparameters space, string model, TableFacts facts) =>
        facts.HasCategories && facts.Target.Outputs <= MostTargetOutputs && space.Choice($"{model}_encoding", OneHot, Target) == Target
            ? CategoryEncoding.Target
            : CategoryEncoding.OneHot;

    private static bool Indicates(IHyperparameters space, string model, TableFacts facts) =>
        facts.HasMissing && space.Choice($"{model}_missing", Mean, Indicate) == Indicate;

    private static int Terms(IHyperparameters space, string model, TableFacts facts) =>
        facts.HasTexts ? space.Int($"{model}_terms", 50, 1000, 200, log: true) : 0;
}
