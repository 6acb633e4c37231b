using Hpo.Interop.Glue;

namespace Hpo.Interop.Artifacts;

/// <summary>Keeps artifacts as files in a folder. Optuna's <c>FileSystemArtifactStore</c>, since 3.3.</summary>
/// <param name="BasePath">The folder, which must exist.</param>
public sealed record FileSystemArtifactStore(string BasePath) : ArtifactStore
{
    internal override string ClassName => "FileSystemArtifactStore";

    internal override void Describe(ComponentArguments arguments) => arguments.AddRequired("base_path", BasePath);
}
