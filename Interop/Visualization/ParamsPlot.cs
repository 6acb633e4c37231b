using Hpo.Interop.Glue;

namespace Hpo.Interop.Visualization;

/// <summary>A plot that shows one number of each trial over parameters.</summary>
public abstract record ParamsPlot : TargetPlot
{
    private protected ParamsPlot()
    {
    }

    /// <summary>The parameters; null (the default) for all.</summary>
    public IReadOnlyList<string>? Params { get; init; }

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.Add("params", Params, null);
        base.Describe(arguments);
    }
}
