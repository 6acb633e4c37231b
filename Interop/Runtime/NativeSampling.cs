
namespace Hpo.Interop;

/// <summary>The samplers and pruners that do not slow down as a study grows. See docs/sampling.md.</summary>
internal static class NativeSampling
{
    /// <summary>Their names, and whether each is used with the installed Optuna.</summary>
    public static IReadOnlyDictionary<string, bool> Classes() => OptunaRuntime.Current.Glue.Components.Call("native_sampling").AsMap()
        .ToDictionary(pair => pair.Key, pair => pair.Value.AsBool());
}
