using Hpo.Interop.Engine;

namespace Hpo.Interop.Glue;

/// <summary>Makes Optuna's objects from options records.</summary>
internal static class Components
{
    public static PythonValue Build(GlueLibrary glue, OptunaComponent? component)
    {
        if (component is null) return PythonValue.None;
        var arguments = new ComponentArguments(glue);
        component.Describe(arguments);
        return glue.Components.Call("build", component.Module, component.ClassName, arguments.Values);
    }

    /// <summary>The parameters that a record names, for comparison with the Python class.</summary>
    public static IReadOnlyList<ComponentParameter> Parameters(OptunaComponent component)
    {
        var arguments = new ComponentArguments(glue: null);
        component.Describe(arguments);
        return arguments.Parameters;
    }
}
