namespace Hpo.NativeTrainer.Classifiers;

/// <summary>The classifiers to choose from.</summary>
internal enum ModelKind
{
    /// <summary>The program's own random forest.</summary>
    Forest,

    /// <summary>ML.NET's FastForest, one binary forest for each class.</summary>
    FastForest,

    /// <summary>LightGBM's gradient boosting through ML.NET.</summary>
    LightGbm,
}
