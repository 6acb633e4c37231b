namespace Hpo.NativeTrainer.Tables.Models;

/// <summary>Extremely randomized trees.</summary>
internal sealed class ExtraTreesModel() : NumberForestModel("extratrees", isExtra: true);
