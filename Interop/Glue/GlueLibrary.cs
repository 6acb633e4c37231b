using Hpo.Interop.Bridge;

namespace Hpo.Interop.Glue;

/// <summary>The loaded Python side of the bridge.</summary>
internal sealed class GlueLibrary(PythonBridge bridge)
{
    public PythonBridge Bridge => bridge;

    public GlueModule Trials { get; } = new GlueModule(bridge, "trials");

    public GlueModule Components { get; } = new GlueModule(bridge, "components");

    public GlueModule Logs { get; } = new GlueModule(bridge, "logs");

    public GlueModule Studies { get; } = new GlueModule(bridge, "studies");

    public GlueModule Importance { get; } = new GlueModule(bridge, "importance");

    public GlueModule Visualization { get; } = new GlueModule(bridge, "visualization");

    public GlueModule Distributions { get; } = new GlueModule(bridge, "distributions");

    public GlueModule Storages { get; } = new GlueModule(bridge, "storages");

    public GlueModule Custom { get; } = new GlueModule(bridge, "custom");

    public GlueModule Terminators { get; } = new GlueModule(bridge, "terminators");

    public GlueModule Artifacts { get; } = new GlueModule(bridge, "artifacts");

    public GlueModule Kernel { get; } = new GlueModule(bridge, "sampling.kernel");

    /// <exception cref="PythonStartException">Optuna cannot be imported.</exception>
    public static GlueLibrary Load(PythonBridge bridge, PythonInstallation python)
    {
        try
        {
            var glue = new GlueLibrary(bridge);
            glue.Kernel.Call("connect", SamplingFunctions.Create(bridge));
            return glue;
        }
        catch (PythonCallException exception)
        {
            throw new PythonStartException(
                $"Optuna cannot be imported by {python.Executable}: {exception.Message}. " +
                $"Install it with '{python.Executable} -m pip install optuna', or name another Python with HPO_PYTHON.",
                exception);
        }
    }
}
