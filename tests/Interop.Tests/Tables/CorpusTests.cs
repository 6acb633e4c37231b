using System.Globalization;
using Hpo.Interop.Storages;
using Hpo.Interop.Tables;
using Hpo.Tests;

namespace Hpo.Interop.Tests.Tables;

/// <summary>The reader of Optuna's tables against what the Optunas that wrote them read of them.</summary>
public sealed class CorpusTests(DatabaseServer server)
{
    private static readonly string Folder = Path.Combine(SourceTree.Root, "tests", "Interop.Tests", "Tables", "Corpus");

    public static TheoryData<string> Versions => ["3.1", "4.1", "5.0"];

    [Theory]
    [MemberData(nameof(Versions))]
    public void Sqlite_files_are_read_as_Optuna_reads_them(string version)
    {
        using StudyTables tables = StudyTables.Of(StorageUrl.Parse($"sqlite:///{Path.Combine(Folder, $"optuna-{version}.db")}"))!;
        Check(tables, $"optuna-{version}.json");
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Mysql_tables_are_read_as_Optuna_reads_them(string version)
    {
        server.Require();
        string database = "corpus_" + version.Replace('.', '_');
        await server.ExecuteAsync($"CREATE DATABASE {database} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin; USE {database}; " +
            await File.ReadAllTextAsync(Path.Combine(Folder, $"optuna-{version}.sql"), TestContext.Current.CancellationToken));
        using StudyTables tables = StudyTables.Of(StorageUrl.Parse(server.Url(database)))!;
        Check(tables, $"optuna-{version}.sql.json");
    }

    private static void Check(StudyTables tables, string expected)
    {
        var studies = (object?[])PythonJson.Parse(File.ReadAllText(Path.Combine(Folder, expected)))!;
        studies.Should().HaveCountGreaterThan(5);
        foreach (OrderedDictionary<string, object?> study in studies.Cast<OrderedDictionary<string, object?>>())
        {
            string name = (string)study["name"]!;
            StoredStudy stored = tables.Use(session => StoredStudy.Read(session, StoredStudy.Find(session, name)!.Value))!;
            stored.ToDirections().Select(direction => direction.Name()).Should().Equal(((object?[])study["directions"]!).Cast<string>());
            Json(TrialConverter.Attributes(stored.UserAttributes)).Should().Be(Json(study["user_attrs"]), name);
            CheckTrials(new StudyFollower(tables, stored.Id, name), (object?[])study["trials"]!, name);
        }
    }

    private static void CheckTrials(StudyFollower follower, object?[] expected, string study)
    {
        StoredTrial[] read = [.. follower.Read(withRunning: true)!.Value.Trials ?? []];
        read.Should().HaveCount(expected.Length, study);
        // The times that the tables hold: the corpus was written where local time is UTC.
        var converter = new TrialConverter(default);
        foreach (var (trial, optunas) in read.Select(converter.ToFrozen).Zip(expected.Cast<OrderedDictionary<string, object?>>()))
        {
            string context = $"{study}, trial {trial.Number}";
            ((long)trial.Number, trial.State.Name()).Should().Be(((long)optunas["number"]!, (string)optunas["state"]!), context);
            Json(trial.Values?.Cast<object?>().ToArray()).Should().Be(Json(Floats(optunas["values"])), context);
            Sorted(trial.Params).Should().Be(Sorted((OrderedDictionary<string, object?>)optunas["params"]!), context);
            trial.Distributions.Should().BeEquivalentTo(
                ((OrderedDictionary<string, object?>)optunas["distributions"]!).ToDictionary(
                    pair => pair.Key, pair => StoredDistribution.Parse((string)pair.Value!)),
                options => options.ComparingByValue<Distribution>(), context);
            Json(trial.IntermediateValues.Select(pair => (object?)new object?[] { pair.Key, pair.Value }).ToArray())
                .Should().Be(Json(optunas["intermediate"]), context);
            Sorted(trial.UserAttrs).Should().Be(Sorted((OrderedDictionary<string, object?>)optunas["user_attrs"]!), context);
            Sorted(trial.SystemAttrs).Should().Be(Sorted((OrderedDictionary<string, object?>)optunas["system_attrs"]!), context);
            (Time(trial.DatetimeStart), Time(trial.DatetimeComplete)).Should().Be((Time(optunas["start"]), Time(optunas["complete"])), context);
        }

        // What is finished is read once, and what runs is handed over where it has changed.
        follower.Read(withRunning: true)!.Value.Trials.Should().BeNull(study);
    }

    private static string Json(object? value) =>
        PythonJson.Write(value is IReadOnlyDictionary<string, object?> map ? new OrderedDictionary<string, object?>(map) : value);

    // The order in which Optuna's queries give them is the database's choice.
    private static string Sorted(IReadOnlyDictionary<string, object?> map) =>
        Json(new OrderedDictionary<string, object?>(map.OrderBy(pair => pair.Key, StringComparer.Ordinal)));

    private static object? Floats(object? values) => (values as object?[])?.Select(value => (object?)Convert.ToDouble(value, CultureInfo.InvariantCulture)).ToArray();

    private static DateTime? Time(object? iso) => iso is string text ? DateTime.Parse(text, CultureInfo.InvariantCulture) : iso as DateTime?;
}
