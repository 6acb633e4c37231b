using Hpo.Interop.Bridge;
using Hpo.Interop.Glue;

namespace Hpo.Interop.Artifacts;

/// <summary>
/// Where files that belong to trials and studies are kept; the study keeps their names. Optuna's artifact stores, since 3.3.
/// </summary>
public abstract record ArtifactStore : OptunaComponent
{
    private protected ArtifactStore()
    {
    }

    internal override string Module => "artifacts";

    /// <summary>Keeps a file for a running trial. Optuna's <c>upload_artifact</c>.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="filePath">The file.</param>
    /// <param name="mimetype">Its media type; null (the default) for what its name suggests. Since Optuna 3.4.</param>
    /// <param name="encoding">Its content encoding, e.g. <c>gzip</c>; null (the default) for what its name suggests. Since
    /// Optuna 3.4.</param>
    /// <returns>The artifact's id.</returns>
    /// <exception cref="OptunaFeatureException">The installed Optuna lacks artifacts.</exception>
    /// <exception cref="PythonCallException">The file or the store's folder does not exist
    /// (<c>FileNotFoundError</c>).</exception>
    public string Upload(Trial trial, string filePath, string? mimetype = null, string? encoding = null)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return Upload(trial.Handle, filePath, mimetype, encoding);
    }

    /// <summary>Keeps a file for a study. Since Optuna 3.4.</summary>
    /// <param name="study">The study.</param>
    /// <param name="filePath">The file.</param>
    /// <param name="mimetype">Its media type.</param>
    /// <param name="encoding">Its content encoding.</param>
    /// <inheritdoc cref="Upload(Trial, string, string?, string?)"/>
    public string Upload(Study study, string filePath, string? mimetype = null, string? encoding = null)
    {
        ArgumentNullException.ThrowIfNull(study);
        return Upload(study.Handle, filePath, mimetype, encoding);
    }

    /// <summary>Writes an artifact into a file. Optuna's <c>download_artifact</c>, since 4.0.</summary>
    /// <param name="artifactId">The artifact's id.</param>
    /// <param name="filePath">The file, which must not exist.</param>
    /// <exception cref="OptunaFeatureException">The installed Optuna is older.</exception>
    /// <exception cref="PythonCallException">There is no such artifact, or the file exists.</exception>
    public void Download(string artifactId, string filePath)
    {
        GlueLibrary glue = OptunaRuntime.Current.Glue;
        glue.Artifacts.Call("download", Build(glue), artifactId, filePath);
    }

    /// <summary>Removes an artifact's file; the study still knows its name.</summary>
    /// <param name="artifactId">The artifact's id.</param>
    /// <exception cref="OptunaFeatureException">The installed Optuna lacks artifacts.</exception>
    /// <exception cref="PythonCallException">There is no such artifact.</exception>
    public void Remove(string artifactId)
    {
        GlueLibrary glue = OptunaRuntime.Current.Glue;
        glue.Artifacts.Call("remove", Build(glue), artifactId);
    }

    private string Upload(PythonHandle owner, string filePath, string? mimetype, string? encoding)
    {
        GlueLibrary glue = OptunaRuntime.Current.Glue;
        return glue.Artifacts.Call("upload", Build(glue), owner, filePath, mimetype, encoding).AsString();
    }
}
