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
            Trials = new GlueModule(bridge, "trials");
            Components = new GlueModule(bridge, "components");
            Logs = new GlueModule(bridge, "logs");
            Studies = new GlueModule(bridge, "studies");
            Importance = new GlueModule(bridge, "importance");
            Visualization = new GlueModule(bridge, "visualization");
            Distributions = new GlueModule(bridge, "distributions");
            Storages = new GlueModule(bridge, "storages");
            Custom = new GlueModule(bridge, "custom");
            Terminators = new GlueModule(bridge, "terminators");
            Artifacts = new GlueModule(bridge, "artifacts");
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
