using Hpo.Interop.Bridge;
using Hpo.Interop.Glue;

namespace Hpo.Interop.Artifacts;

/// <summary>What a study knows of an artifact. Optuna's <c>ArtifactMeta</c>, since 4.0.</summary>
/// <param name="ArtifactId">Its id in the store.</param>
/// <param name="Filename">The name that the file had.</param>
/// <param name="Mimetype">Its media type.</param>
/// <param name="Encoding">Its content encoding; null for none.</param>
public sealed record ArtifactMeta(string ArtifactId, string Filename, string Mimetype, string? Encoding)
{
    /// <summary>The artifacts of a running trial. Optuna's <c>get_all_artifact_meta</c>, since 4.0.</summary>
    /// <exception cref="OptunaFeatureException">The installed Optuna is older.</exception>
    public static IReadOnlyList<ArtifactMeta> GetAll(Trial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return Read(glue => glue.Artifacts.Call("all_meta", trial.Handle));
    }

    /// <summary>The artifacts of a study, without those of its trials.</summary>
    /// <inheritdoc cref="GetAll(Trial)"/>
    public static IReadOnlyList<ArtifactMeta> GetAll(Study study)
    {
        ArgumentNullException.ThrowIfNull(study);
        return Read(glue => glue.Artifacts.Call("all_meta", study.Handle));
    }

    /// <summary>The artifacts of a stored trial.</summary>
    /// <inheritdoc cref="GetAll(Trial)"/>
    public static IReadOnlyList<ArtifactMeta> GetAll(Study study, FrozenTrial trial)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(trial);
        return Read(glue => glue.Artifacts.Call("all_meta_of_trial", study.Handle, trial.Number));
    }

    private static IReadOnlyList<ArtifactMeta> Read(Func<GlueLibrary, PythonValue> call) =>
        Array.ConvertAll(call(OptunaRuntime.Current.Glue).AsList(), facts =>
        {
            PythonValue[] fields = facts.AsList();
            return new ArtifactMeta(
                fields[0].AsString(), fields[1].AsString(), fields[2].AsString(), fields[3].AsOptionalString());
        });
}
