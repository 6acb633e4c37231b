namespace Hpo.NativeTrainer.Tables.Models;

/// <summary>This program's random forest.</summary>
internal sealed class ForestModel() : NumberForestModel("forest", isExtra: false);
