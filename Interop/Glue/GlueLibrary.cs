using Hpo.Interop.Bridge;

namespace Hpo.Interop.Glue;

/// <summary>The loaded Python side of the bridge.</summary>
internal sealed class GlueLibrary
{
    /// <exception cref="PythonStartException">Optuna cannot be imported.</exception>
    public GlueLibrary(PythonBridge bridge, PythonInstallation python)
    {
        Bridge = bridge;
        try
        {
            Dictionary<string, GlueModule> modules =
                GlueSource.OptunaModules.ToDictionary(name => name, name => new GlueModule(bridge, name));
            Trials = modules["hpo_glue.trials"];
            Components = modules["hpo_glue.components"];
            Logs = modules["hpo_glue.logs"];
            Studies = modules["hpo_glue.studies"];
            Importance = modules["hpo_glue.importance"];
            Visualization = modules["hpo_glue.visualization"];
            Distributions = modules["hpo_glue.distributions"];
            Storages = modules["hpo_glue.storages"];
            Custom = modules["hpo_glue.custom"];
            Terminators = modules["hpo_glue.terminators"];
            Artifacts = modules["hpo_glue.artifacts"];
        }
        catch (PythonCallException exception)
        {
            throw new PythonStartException(
                $"Optuna cannot be imported by {python.Executable}: {exception.Message}. " +
                $"Install it with '{python.Executable} -m pip install optuna', or name another Python with HPO_PYTHON.",
                exception);
        }
    }

    public PythonBridge Bridge { get; }

    public GlueModule Trials { get; }

    public GlueModule Components { get; }

    public GlueModule Logs { get; }

    public GlueModule Studies { get; }

    public GlueModule Importance { get; }

    public GlueModule Visualization { get; }

    public GlueModule Distributions { get; }

    public GlueModule Storages { get; }

    public GlueModule Custom { get; }

    public GlueModule Terminators { get; }

    public GlueModule Artifacts { get; }
}
