using Hpo.NativeTrainer.Tables.Models;

namespace Hpo.NativeTrainer.Tables.Saving;

/// <summary>A trained model that ML.NET does not save: it is kept beside the features that ML.NET makes.</summary>
internal interface ISavedPredictor : ITablePredictor
{
    /// <summary>Writes it.</summary>
    void Save(Stream stream);
}

/// <summary>A kind of such models.</summary>
internal interface ILoadsPredictors : ITableModel
{
    /// <summary>The name of its entry in a model's file.</summary>
    string EntryName { get; }

    /// <summary>Reads a predictor that <see cref="ISavedPredictor.Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    ITablePredictor Load(byte[] content, TableTarget target);
}
