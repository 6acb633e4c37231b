namespace Hpo.NativeTrainer.Objectives;

/// <summary>
/// What the scores of a study depend on besides its hyperparameters. The study carries it, so that every worker scores
/// alike and the results can be tested on rows that no trial saw.
/// </summary>
internal interface IObjectiveSettings
{
    /// <summary>The user attribute that names the objective. It is the last one that is written: a study that has it has
    /// the others.</summary>
    const string ObjectiveKey = "objective";

    /// <summary>The objective's name, which is also the default name of its studies.</summary>
    string ObjectiveName { get; }

    /// <summary>The settings as a study's user attributes, without the objective's name: null, long, double or string.</summary>
    IReadOnlyDictionary<string, object?> ToUserAttrs();

    /// <summary>What a study carries too and no score depends on, such as where its first worker found the data.</summary>
    IReadOnlyDictionary<string, object?> ToHints() => new Dictionary<string, object?>();
}
