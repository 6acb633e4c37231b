using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hpo.Integration.Tests.Trainer;
using Hpo.Tests;

namespace Hpo.Integration.Tests.Reporting;

/// <summary>Artifacts of studies on MySQL or MariaDB: what Optuna and optuna-dashboard wrote, and what ours write for them.</summary>
public sealed class ServerArtifactsTests(DatabaseServer server) : IDisposable
{
    // Optuna's own upload_artifact where it has one (3.3); before that what it and optuna-dashboard wrote, as recorded, by Optuna's storage.
    private const string Theirs =
        """
        import json, os, sys, optuna
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        url, folder, recorded = sys.argv[1:]
        os.makedirs(folder)
        study = optuna.create_study(study_name="files", storage=url)
        trial, storage = study.ask(), study._storage
        study.tell(study.ask(), 1.0)

        recorded = json.loads(recorded)
        # Optuna's own list fails at what optuna-dashboard leaves of a removed one.
        for key, text in recorded["study_system_attributes"]:
            if key.startswith("artifacts:") and json.loads(text) != "null":
                storage.set_study_system_attr(study._study_id, key, json.loads(text))
        for key, text in recorded["trial_system_attributes"]:
            if key.startswith("artifacts:") and json.loads(text) != "null":
                storage.set_trial_system_attr(trial._trial_id, key, json.loads(text))
        # Where optuna-dashboard kept a trial's before Optuna had any.
        old = {"artifact_id": "old-1", "filename": "old é😀.txt", "mimetype": "text/plain", "encoding": None}
        storage.set_study_system_attr(study._study_id, f"dashboard:artifacts:{trial._trial_id}:old-1", json.dumps(old))
        storage.set_study_system_attr(study._study_id, f"dashboard:artifacts:{trial._trial_id}1:of-another", json.dumps({**old, "artifact_id": "of-another"}))
        open(os.path.join(folder, "old-1"), "w").write("of old")

        uploaded = os.path.join(os.path.dirname(folder), "from Optuna é😀.csv")
        open(uploaded, "w").write("a,b\n1,2\n")
        try:
            from optuna.artifacts import FileSystemArtifactStore, upload_artifact
            upload_artifact(artifact_store=FileSystemArtifactStore(folder), file_path=uploaded, study_or_trial=trial)
        except (ImportError, TypeError):
            meta = {"artifact_id": "11111111-2222-4333-8444-555555555555", "filename": os.path.basename(uploaded), "mimetype": "text/csv", "encoding": None}
            storage.set_trial_system_attr(trial._trial_id, f"artifacts:{meta['artifact_id']}", json.dumps(meta))
            open(os.path.join(folder, meta["artifact_id"]), "w").write("a,b\n1,2\n")
        """;

    // What there is for Optuna: its own list of artifacts where it has one (4.0), and the same attributes where it has none.
    private const string Read =
        """
        import json, os, sys, optuna
        url, folder = sys.argv[1:]
        study = optuna.load_study(study_name="files", storage=url)
        storage = study._storage

        def artifacts(attrs):
            return [json.loads(v) for k, v in attrs.items() if k.startswith("artifacts:")]

        found = {"study": artifacts(storage.get_study_system_attrs(study._study_id)), "trial": artifacts(study.trials[0].system_attrs)}
        try:
            from optuna.artifacts import FileSystemArtifactStore, download_artifact, get_all_artifact_meta
            assert {meta.artifact_id for meta in get_all_artifact_meta(study)} == {meta["artifact_id"] for meta in found["study"]}
            assert {meta.artifact_id for meta in get_all_artifact_meta(study.trials[0], storage=storage)} == {meta["artifact_id"] for meta in found["trial"]}
            for meta in found["study"] + found["trial"]:
                copy = os.path.join(os.path.dirname(folder), f"copy of {meta['artifact_id']}")
                if os.path.exists(os.path.join(folder, meta["artifact_id"])):
                    download_artifact(artifact_store=FileSystemArtifactStore(folder), artifact_id=meta["artifact_id"], file_path=copy)
                    meta["content"] = open(copy).read()
        except ImportError:
            for meta in found["study"] + found["trial"]:
                path = os.path.join(folder, meta["artifact_id"])
                if os.path.exists(path):
                    meta["content"] = open(path).read()
        print(json.dumps({owner: sorted(f"{m['filename']} {m['mimetype']} {m['encoding']} {m.get('content')}" for m in metas) for owner, metas in found.items()}))
        """;

    private readonly TrainerInFolder _trainer = new();

    public void Dispose() => _trainer.Dispose();

    [Fact]
    public async Task Artifacts_on_a_server_are_listed_downloaded_uploaded_removed_and_read_by_Optuna()
    {
        server.Require();
        (string url, string folder) = (server.Url("artifacts"), _trainer.File("store"));
        await server.ExecuteAsync("CREATE DATABASE artifacts CHARACTER SET utf8mb4");
        await PythonOracle.RunAsync(Theirs, url, folder, RecordedRows.Text);
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(url, "--importance", "none", "--allow-changes", "--artifacts", folder);

        (await NamesAsync("")).Should().Equal("ta ble ü.csv text/csv");
        (await NamesAsync("&trial=0")).Should().BeEquivalentTo("from Optuna é😀.csv text/csv", "log.json application/json", "old é😀.txt text/plain", "plot.png image/png");
        (await NamesAsync("&trial=1")).Should().BeEmpty();
        (await DownloadAsync("&trial=0", "from Optuna é😀.csv")).Should().Be("a,b\n1,2\n");
        (await DownloadAsync("&trial=0", "old é😀.txt")).Should().Be("of old");

        (await UploadAsync("", "notes é😀.txt", "of the study")).Should().Be(HttpStatusCode.NoContent);
        (await UploadAsync("&trial=0", "model.tar.gz", "weights")).Should().Be(HttpStatusCode.NoContent);
        (await UploadAsync("&trial=0", "wrong.txt", "wrong")).Should().Be(HttpStatusCode.NoContent);
        (await UploadAsync("&trial=1", "late.txt", "late")).Should().Be(HttpStatusCode.Conflict, "the trial has ended");
        (await DownloadAsync("&trial=0", "model.tar.gz")).Should().Be("weights");
        foreach (string name in (string[])["wrong.txt", "old é😀.txt", "from Optuna é😀.csv"])
            (await RemoveAsync(0, name)).Should().Be(HttpStatusCode.NoContent, name);

        (await NamesAsync("&trial=0")).Should().BeEquivalentTo("log.json application/json", "model.tar.gz application/x-tar", "plot.png image/png");
        Directory.GetFiles(folder).Should().HaveCount(2, "those of what was removed are gone, and nothing is left of what was refused");
        JsonElement read = JsonDocument.Parse(await PythonOracle.RunAsync(Read, url, folder)).RootElement;
        read.GetProperty("study").EnumerateArray().Select(text => text.GetString()).Should()
            .Equal("notes é😀.txt text/plain None of the study", "ta ble ü.csv text/csv None None");
        read.GetProperty("trial").EnumerateArray().Select(text => text.GetString()).Should()
            .Equal("log.json application/json None None", "model.tar.gz application/x-tar gzip weights", "plot.png image/png None None");

        async Task<JsonElement[]> FilesAsync(string trial) =>
            [.. JsonDocument.Parse(await dashboard.GetTextAsync($"/api/artifacts?study=files{trial}")).RootElement.EnumerateArray()];

        async Task<string[]> NamesAsync(string trial) =>
            [.. (await FilesAsync(trial)).Select(file => $"{file.GetProperty("name")} {file.GetProperty("type")}")];

        async Task<string> IdAsync(string trial, string name) =>
            (await FilesAsync(trial)).Single(file => file.GetProperty("name").GetString() == name).GetProperty("id").GetString()!;

        async Task<string> DownloadAsync(string trial, string name) =>
            await dashboard.GetTextAsync($"/api/artifact?study=files{trial}&id={await IdAsync(trial, name)}");

        Task<HttpStatusCode> UploadAsync(string trial, string name, string content) =>
            PostAsync($"upload?study=files{trial}&name={Uri.EscapeDataString(name)}", new StringContent(content));

        async Task<HttpStatusCode> RemoveAsync(int trial, string name) =>
            await PostAsync("remove", JsonContent.Create(new { study = "files", trial, id = await IdAsync($"&trial={trial}", name) }));

        async Task<HttpStatusCode> PostAsync(string path, HttpContent content)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/changes/artifact/{path}") { Content = content };
            request.Headers.Add("Origin", dashboard.Client.BaseAddress!.GetLeftPart(UriPartial.Authority));
            using HttpResponseMessage response = await dashboard.Client.SendAsync(request);
            return response.StatusCode;
        }
    }
}
