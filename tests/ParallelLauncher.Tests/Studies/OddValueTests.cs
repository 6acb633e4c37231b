using Hpo.Interop.Storages;
using Hpo.Interop.Tables;
using Hpo.ParallelLauncher.Studies;
using Hpo.Tests;
using Microsoft.Data.Sqlite;

namespace Hpo.ParallelLauncher.Tests.Studies;

/// <summary>Nothing that a study can hold makes a read throw.</summary>
public sealed class OddValueTests : IDisposable
{
    private const string WriteStudy =
        """
        import math, sys, optuna
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        study = optuna.create_study(study_name="s", storage=sys.argv[1])
        trial = study.ask()
        for name, choices in (
            ("cafe", ["Infinity Cafe", math.inf]), ("inf", [-math.inf, 1]), ("nan", [math.nan, 0.5]), ("quote", ['"NaN" \\', None]),
        ):
            trial.suggest_categorical(name, choices)
        trial.suggest_int("huge", 2**52, 2**52)
        study.tell(trial, 1.0)
        study.ask()
        """;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Choices_that_are_no_JSON_numbers_or_look_like_them_are_told_as_they_are()
    {
        using StudyDatabase database = await StudyAsync("UPDATE trial_params SET param_value = 0 WHERE param_name != 'huge'");

        await database.PollAsync(Cancellation);
        (await database.ReadBestAsync(Cancellation))!.Parameters.Should().Equal(new Dictionary<string, string>
        {
            ["cafe"] = "Infinity Cafe",
            ["inf"] = "-Infinity",
            ["nan"] = "NaN",
            ["quote"] = "\"NaN\" \\",
            ["huge"] = "4503599627370496",
        });
    }

    [Theory]
    [InlineData("UPDATE trial_params SET distribution_json = NULL")]
    [InlineData("UPDATE trial_params SET distribution_json = '[1, NaN'")]
    [InlineData("UPDATE trial_params SET distribution_json = '{\"name\": 3, \"attributes\": null}'")]
    [InlineData("UPDATE trial_params SET distribution_json = '{\"name\": \"CategoricalDistribution\", \"attributes\": {\"choices\": []}}'")]
    [InlineData("UPDATE trial_params SET param_value = NULL")]
    [InlineData("UPDATE trial_params SET param_value = -7")]
    [InlineData("UPDATE trial_params SET param_value = 1e300")]
    [InlineData("UPDATE trial_params SET param_name = NULL")]
    [InlineData("UPDATE trials SET number = NULL")]
    [InlineData("UPDATE trials SET number = number + 3000000000")]
    [InlineData("UPDATE trial_values SET value = NULL")]
    public async Task A_column_that_holds_anything_is_read(string sql)
    {
        using StudyDatabase database = await StudyAsync(sql);

        StudyProgress snapshot = (await database.PollAsync(Cancellation))!;
        BestTrial best = (await database.ReadBestAsync(Cancellation))!;

        snapshot.Counts.Should().Be(new TrialCounts(Complete: 1, Pruned: 0, Failed: 0, Running: 1, Waiting: 0));
        best.Parameters.Should().NotBeEmpty();
        (await database.ReadOpenAsync(Cancellation)).Should().ContainSingle();
    }

    [Theory]
    [InlineData("null")]
    [InlineData("NaN")]
    [InlineData("[1, 2]")]
    [InlineData("\"r\"")]
    [InlineData("{\"run\": 7, \"worker\": 0}")]
    [InlineData("{\"run\": \"r\", \"worker\": -1}")]
    [InlineData("{\"run\": \"r\", \"worker\": 99999999999}")]
    [InlineData("{\"run\": \"r\", \"worker\": 1.5}")]
    [InlineData("{\"run\": \"r\"")]
    public async Task A_mark_that_is_none_marks_nothing(string json)
    {
        using StudyDatabase database = await StudyAsync(Attribute(TrialOwner.Key, json));

        (await database.PollAsync(Cancellation))!.Trials.Should().BeEmpty();
        (await database.ReadOpenAsync(Cancellation)).Should().ContainSingle().Which.Owner.Should().BeNull();
    }

    [Theory]
    [InlineData("\"once\"")]
    [InlineData("{}")]
    [InlineData("[\"a\", null, NaN]")]
    public async Task A_history_that_is_none_is_an_empty_one(string json)
    {
        using StudyDatabase database = await StudyAsync(Attribute("retry_history", json));

        List<LostTrial> failed = await database.FailLostAsync(_ => true, retries: 1, DateTime.Now, Cancellation);

        failed.Should().ContainSingle().Which.RetriedAs.Should().Be(2);
    }

    private static string Attribute(string key, string json) =>
        $"INSERT INTO trial_system_attributes (trial_id, `key`, value_json) VALUES (2, '{key}', '{json}')";

    private async Task<StudyDatabase> StudyAsync(string sql)
    {
        string file = _folder.File("s.db");
        await PythonOracle.RunAsync(WriteStudy, $"sqlite:///{file}");
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync(Cancellation);
        await using var command = new SqliteCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
        return StudyDatabase.For(StorageUrl.Parse($"sqlite:///{file}"), "s")!;
    }
}
