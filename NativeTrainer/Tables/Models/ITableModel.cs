using Hpo.NativeTrainer.Tables.Space;

namespace Hpo.NativeTrainer.Tables.Models;

/// <summary>A kind of model with its search space. Each is one class, which is found by being there.</summary>
internal interface ITableModel
{
    /// <summary>Its name on a command line and before its hyperparameters' names in a study.</summary>
    string Name { get; }

    /// <summary>Whether it can learn a target.</summary>
    bool Supports(TableTarget target);

    /// <summary>Asks for its hyperparameters.</summary>
    /// <param name="space">Gives them.</param>
    /// <param name="facts">What the space depends on.</param>
    ITableTrainer Configure(IHyperparameters space, TableFacts facts);
}

/// <summary>A model with its hyperparameters, to be trained on any rows.</summary>
internal interface ITableTrainer
{
    /// <summary>How its features are made.</summary>
    Features.FeatureOptions Features { get; }

    /// <summary>Trains.</summary>
    /// <exception cref="TableTrainingException">These hyperparameters lead to no model.</exception>
    ITablePredictor Fit(TrainingData data, CancellationToken cancellation);
}

/// <summary>A trained model.</summary>
internal interface ITablePredictor
{
    TablePredictions Predict(Features.FeatureMatrix features);
}

/// <summary>What a search space depends on.</summary>
/// <param name="Target">What is predicted.</param>
/// <param name="RowCount">Rows of the table.</param>
/// <param name="HasCategories">Whether there are columns of categories.</param>
/// <param name="HasMissing">Whether numbers are missing.</param>
/// <param name="HasTexts">Whether there are columns of texts.</param>
internal sealed record TableFacts(TableTarget Target, int RowCount, bool HasCategories, bool HasMissing, bool HasTexts);

/// <summary>What a model is trained on.</summary>
/// <param name="Features">The features.</param>
/// <param name="Codes">How many codes each of the first features has, where they are codes.</param>
/// <param name="Labels">The target's values of the rows.</param>
/// <param name="Target">The target.</param>
/// <param name="Seed">The same seed and data give the same model.</param>
/// <param name="Threads">Threads to use at most.</param>
internal sealed record TrainingData(
    Features.FeatureMatrix Features, IReadOnlyList<int> Codes, float[] Labels, TableTarget Target, ulong Seed, int Threads);

/// <summary>A training that led to no model, for example because its loss became infinite.</summary>
internal sealed class TableTrainingException(string message, Exception? innerException = null) : Exception(message, innerException);
