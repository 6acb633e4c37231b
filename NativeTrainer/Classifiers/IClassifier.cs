using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Classifiers;

/// <summary>A trained classifier.</summary>
internal interface IClassifier
{
    /// <summary>The class predicted for each row.</summary>
    byte[] Predict(ByteDataset data, ReadOnlySpan<int> rows);
}
