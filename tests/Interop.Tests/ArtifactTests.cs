using Hpo.Interop.Artifacts;
using Hpo.Tests;

namespace Hpo.Interop.Tests;

/// <summary>Files that belong to trials and studies.</summary>
public sealed class ArtifactTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_trial_keeps_a_file_under_an_id() => InstalledOptuna.From("3.3", () =>
    {
        var store = new FileSystemArtifactStore(_folder.Path);
        using Study study = Study.Create();
        string id = "";
        study.Optimize(
            trial =>
            {
                id = store.Upload(trial, _folder.Write("model.txt", "weights"));
                return 1;
            },
            1);
        File.ReadAllText(_folder.File(id)).Should().Be("weights");
        study.BestTrial.SystemAttrs.Should().ContainKey($"artifacts:{id}");
    });

    [Fact]
    public void Artifacts_are_listed_and_read_again() => InstalledOptuna.From("4.0", () =>
    {
        ArtifactStore store = new Backoff(new FileSystemArtifactStore(_folder.Path));
        using Study study = Study.Create();
        string source = _folder.Write("notes.json", "[1]");
        string ofStudy = store.Upload(study, source), ofTrial;
        using (Trial trial = study.Ask())
        {
            ofTrial = store.Upload(trial, source, mimetype: "text/x-notes", encoding: "gzip");
            ArtifactMeta.GetAll(trial).Should().Equal(new ArtifactMeta(ofTrial, "notes.json", "text/x-notes", "gzip"));
            study.Tell(trial, 1);
        }
        ArtifactMeta.GetAll(study).Should().Equal(new ArtifactMeta(ofStudy, "notes.json", "application/json", null));
        ArtifactMeta.GetAll(study, study.BestTrial).Should().ContainSingle().Which.ArtifactId.Should().Be(ofTrial);

        store.Download(ofStudy, _folder.File("again.json"));
        File.ReadAllText(_folder.File("again.json")).Should().Be("[1]");
        store.Remove(ofStudy);
        FluentActions.Invoking(() => store.Remove(ofStudy)).Should().Throw<PythonCallException>().WithMessage("*not found*");
    }, told: "3.4");

    [Fact]
    public void A_file_that_does_not_exist_is_an_error_that_names_it() => InstalledOptuna.From("3.4", () =>
    {
        using Study study = Study.Create();
        var store = new FileSystemArtifactStore(_folder.Path);
        store.Upload(study, _folder.Write("present", ""));
        FluentActions.Invoking(() => store.Upload(study, _folder.File("absent")))
            .Should().Throw<PythonCallException>().WithMessage("*absent*");
    }, told: "3.3");
}
