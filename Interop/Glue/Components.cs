using Hpo.Interop.Bridge;

namespace Hpo.Interop.Glue;

/// <summary>Makes Optuna's objects from options records.</summary>
internal static class Components
{
    public static PythonValue Build(GlueLibrary glue, OptunaComponent? component) =>
        component is null ? PythonValue.None : component.Build(glue);

    /// <summary>The parameters that a record names, for comparison with the Python class.</summary>
    public static IReadOnlyList<ComponentParameter> Parameters(OptunaComponent component)
    {
        var arguments = new ComponentArguments(glue: null);
        component.Describe(arguments);
        return arguments.Parameters;
    }
}
