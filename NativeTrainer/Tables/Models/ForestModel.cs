using Hpo.NativeTrainer.Tables.Saving;
using Hpo.NativeTrainer.Tables.Space;

namespace Hpo.NativeTrainer.Tables.Models;

/// <summary>This program's random forest.</summary>
internal sealed class ForestModel : ILoadsPredictors
{
    public string Name => "forest";

    public string EntryName => NumberForestTrainer.EntryName;

    public bool Supports(TableTarget target) => true;

    public ITableTrainer Configure(IHyperparameters space, TableFacts facts) => NumberForestTrainer.Configure(space, Name, facts, isExtra: false);

    public ITablePredictor Load(byte[] content, TableTarget target) => NumberForestTrainer.Load(content);
}
