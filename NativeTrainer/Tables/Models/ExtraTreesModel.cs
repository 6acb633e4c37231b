using Hpo.NativeTrainer.Tables.Saving;
using Hpo.NativeTrainer.Tables.Space;

namespace Hpo.NativeTrainer.Tables.Models;

/// <summary>Extremely randomized trees.</summary>
internal sealed class ExtraTreesModel : ILoadsPredictors
{
    public string Name => "extratrees";

    public string EntryName => NumberForestTrainer.EntryName;

    public bool Supports(TableTarget target) => true;

    public ITableTrainer Configure(IHyperparameters space, TableFacts facts) => NumberForestTrainer.Configure(space, Name, facts, isExtra: true);

    public ITablePredictor Load(byte[] content, TableTarget target) => NumberForestTrainer.Load(content);
}
