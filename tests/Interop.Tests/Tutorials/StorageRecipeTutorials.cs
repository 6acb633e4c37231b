using Hpo.Interop.Artifacts;
using Hpo.Interop.Samplers;
using Hpo.Interop.Storages;
using Hpo.Tests;

namespace Hpo.Interop.Tests.Tutorials;

/// <summary>The code of docs/tutorials/recipes.md: what a study keeps, and where.</summary>
public sealed class StorageRecipeTutorials : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rdb()
    {
        string url = $"sqlite:///{_folder.File("example.db")}";
        // snippet: rdb
        using (Study study = Study.Create(new StudyOptions { Name = "example-study", Storage = url, LoadIfExists = true }))
            study.Optimize(trial => Math.Pow(trial.SuggestFloat("x", -10, 10) - 2, 2), nTrials: 3);

        // Later, in another process: a study that takes the random numbers up again needs its sampler.
        using Study resumed = Study.Load("example-study", url, new TpeSampler { Seed = 1 });
        resumed.Optimize(trial => Math.Pow(trial.SuggestFloat("x", -10, 10) - 2, 2), nTrials: 3);
        foreach (FrozenTrial trial in resumed.Trials) Console.WriteLine($"{trial.Number} {trial.Value} {trial.Params["x"]}");
        // end
        resumed.Trials.Should().HaveCount(6);
    }

    [Fact]
    public void Journal()
    {
        string file = _folder.File("journal.log");
        // snippet: journal-storage
        var storage = new JournalFileStorage(file);     // works on NFS, where SQLite does not
        using Study study = Study.Create(new StudyOptions { Storage = storage });
        study.Optimize(trial => trial.SuggestFloat("x", 0, 1), nTrials: 5);
        // end
        File.ReadAllLines(file).Should().HaveCountGreaterThan(5);
    }

    [Fact]
    public void Attributes()
    {
        // snippet: attributes
        using Study study = Study.Create();
        study.SetUserAttr("contributors", new[] { "Akiba", "Sano" });
        study.SetUserAttr("dataset", new Dictionary<string, object?> { ["name"] = "MNIST", ["rows"] = 70000 });
        study.Optimize(
            trial =>
            {
                double accuracy = trial.SuggestFloat("x", 0, 1);
                trial.SetUserAttr("accuracy", accuracy);
                return 1 - accuracy;
            },
            nTrials: 3);

        object? accuracy = study.BestTrial.UserAttrs["accuracy"];
        var dataset = (IReadOnlyDictionary<string, object?>)study.UserAttrs["dataset"]!;
        // end
        accuracy.Should().Be(1 - study.BestValue);
        dataset["rows"].Should().Be(70000L);
    }

    [Fact]
    public void ArtifactsOfTrials() => InstalledOptuna.From("4.0", () =>
    {
        string folder = _folder.Path;
        // snippet: artifacts
        var store = new FileSystemArtifactStore(folder);
        using Study study = Study.Create();
        study.Optimize(
            trial =>
            {
                double x = trial.SuggestFloat("x", 0, 1);
                string model = Path.Combine(folder, $"model-{trial.Number}.txt");
                File.WriteAllText(model, $"{x}");
                trial.SetUserAttr("artifact", store.Upload(trial, model));
                return x;
            },
            nTrials: 3);

        foreach (ArtifactMeta meta in ArtifactMeta.GetAll(study, study.BestTrial)) Console.WriteLine(meta.Filename);
        store.Download((string)study.BestTrial.UserAttrs["artifact"]!, Path.Combine(folder, "best.txt"));
        // end
        File.ReadAllText(Path.Combine(folder, "best.txt")).Should().Be($"{study.BestValue}");
    }, told: "3.3");

    [Fact]
    public void CommandLine()
    {
        string storage = $"sqlite:///{_folder.File("example.db")}";
        // snippet: command-line
        Study.Create(new StudyOptions { Name = "my-study", Storage = storage, Direction = StudyDirection.Minimize }).Dispose();
        foreach (StudySummary summary in Study.GetAllStudySummaries(storage))
            Console.WriteLine($"{summary.StudyName}: {summary.NTrials} trials");

        // Ask for one trial and tell its result.
        using Study study = Study.Load("my-study", storage);
        using (Trial trial = study.Ask([new("x", new FloatDistribution(-10, 10))]))
            study.Tell(trial, Math.Pow((double)trial.Params["x"]! - 2, 2));
        // end
        study.Trials.Should().ContainSingle().Which.State.Should().Be(TrialState.Complete);
    }
}
