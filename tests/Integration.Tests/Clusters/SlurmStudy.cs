using System.Diagnostics;
using System.Text.Json.Nodes;
using Hpo.Interop;
using Hpo.Tests;
using MySqlConnector;

namespace Hpo.Integration.Tests.Clusters;

/// <summary>A database on a cluster's head, and a folder that all hosts share, from which studies are launched on Slurm.</summary>
internal sealed class SlurmStudy : IAsyncDisposable
{
    private const string Script = """
        import os, time, optuna

        def objective(trial):
            x = trial.suggest_float("x", -5, 5)
            time.sleep(float(os.environ["TEST_SECONDS"]))
            return x * x

        study = optuna.create_study(study_name=os.environ["HPO_STUDY"], storage=os.environ["OPTUNA_STORAGE"], load_if_exists=True)
        study.optimize(objective, n_trials=1000)
        """;

    private readonly ClusterHosts _cluster;
    private readonly DatabaseServer _server;
    private readonly string _database;

    private SlurmStudy(ClusterHosts cluster, DatabaseServer server, string database, string folder)
    {
        _cluster = cluster;
        _server = server;
        _database = database;
        Folder = folder;
    }

    /// <summary>Where the launcher runs.</summary>
    public string Folder { get; }

    public string Runs => Path.Combine(Folder, "runs");

    /// <summary>A Python script, whose trials take as long as the environment of the launch says.</summary>
    public string Worker => Path.Combine(Folder, "sleeper.py");

    private string Replacements => Path.Combine(Folder, "bin");

    public string Url => _server.Url(_database);

    public static async Task<SlurmStudy> StartAsync(ClusterHosts cluster)
    {
        cluster.Require();
        DatabaseServer server = await cluster.StartDatabaseAsync("--innodb-flush-log-at-trx-commit=2");
        string name = $"d{Guid.NewGuid():N}";
        await server.ExecuteAsync($"CREATE DATABASE `{name}` CHARACTER SET utf8mb4");
        await server.ExecuteAsync($"GRANT ALL ON `{name}`.* TO '{DatabaseServer.User}'");
        string folder = Directory.CreateDirectory(Path.Combine(cluster.Shared, name)).FullName;
        var study = new SlurmStudy(cluster, server, name, folder);
        await File.WriteAllTextAsync(study.Worker, Script);
        return study;
    }

    /// <summary>Runs the launcher on a host.</summary>
    public Task<HostCommand> LaunchAsync(string host, params string[] arguments) => HostCommand.RunAsync(Line(host, arguments));

    /// <summary>The launcher's line on a host, with trials of half a second.</summary>
    public ProcessStartInfo Line(string host, params string[] arguments)
    {
        ProcessStartInfo start = _cluster.On(host, new ProcessStartInfo(Programs.Launcher, arguments) { WorkingDirectory = Folder });
        start.Environment[WorkerEnvironment.StorageVariable] = Url;
        start.Environment[PythonLocator.Variable] = Programs.Python;
        start.Environment["TEST_SECONDS"] = "0.5";
        start.Environment["PATH"] = $"{Replacements}:{Environment.GetEnvironmentVariable("PATH")}";
        return start;
    }

    /// <summary>Runs the launcher in a folder that only its host has.</summary>
    public Task<HostCommand> LaunchFromAsync(string host, string folder, params string[] arguments)
    {
        ProcessStartInfo start = Line(host);
        List<string> line = [.. start.ArgumentList, .. arguments];
        int program = line.IndexOf(Programs.Launcher);
        start.ArgumentList.Clear();
        foreach (string word in (string[])[.. line[..program], "sh", "-c", "mkdir -p \"$0\" && cd \"$0\" && exec \"$@\"", folder, .. line[program..]])
            start.ArgumentList.Add(word);
        return HostCommand.RunAsync(start);
    }

    /// <summary>Lets the launcher find another command of Slurm's: a script, in which the name stands for the real one.</summary>
    public void Replace(string command, string script)
    {
        Directory.CreateDirectory(Replacements);
        string file = ReplacementOf(command);
        File.WriteAllText(file + ".new", $"#!/bin/sh\nPATH=${{PATH#*:}}\n{script}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file + ".new", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.Move(file + ".new", file, overwrite: true);
    }

    public string ReplacementOf(string command) => Path.Combine(Replacements, command);

    /// <summary>A line of squeue for each task that has not ended.</summary>
    public async Task<string[]> QueueAsync(string format) =>
        (await _cluster.RunAsync(ClusterHosts.Head, "squeue", "--noheader", "--array", $"--format={format}")).Require()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public Task AwaitEmptyQueueAsync() => Poll.UntilAsync(async () => (await QueueAsync("%i")).Length == 0);

    /// <summary>The trials of a study by state.</summary>
    public async Task<Dictionary<string, int>> StatesAsync(string study) =>
        (await RowsAsync($"SELECT state, COUNT(*) FROM trials JOIN studies USING (study_id) WHERE study_name = '{study}' GROUP BY state"))
            .ToDictionary(row => (string)row[0], row => Convert.ToInt32(row[1], System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The hosts of a study's complete trials, by their owners' marks, with how many each has.</summary>
    public async Task<Dictionary<string, int>> HostsAsync(string study) =>
        (await RowsAsync($"""
            SELECT a.value_json FROM trial_system_attributes a JOIN trials t USING (trial_id) JOIN studies s USING (study_id)
            WHERE s.study_name = '{study}' AND t.state = 'COMPLETE' AND a.`key` = 'hpo:worker'
            """))
            .Select(row => (string)JsonNode.Parse((string)row[0])!["host"]!).GroupBy(host => host).ToDictionary(group => group.Key, group => group.Count());

    /// <summary>Rows of the study's database.</summary>
    public async Task<List<object[]>> RowsAsync(string sql)
    {
        await using var connection = new MySqlConnection(
            $"Server={_server.Socket};Protocol=Unix;User ID=root;Database={_database};Pooling=false");
        await connection.OpenAsync();
        await using var command = new MySqlCommand(sql, connection);
        await using MySqlDataReader reader = await command.ExecuteReaderAsync();
        List<object[]> rows = [];
        while (await reader.ReadAsync())
        {
            object[] row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>How many trials are complete; none before there are tables.</summary>
    public async Task<int> FinishedAsync(string study) =>
        (await RowsAsync("SHOW TABLES LIKE 'trials'")).Count == 0 ? 0 : (await StatesAsync(study)).GetValueOrDefault("COMPLETE");

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
