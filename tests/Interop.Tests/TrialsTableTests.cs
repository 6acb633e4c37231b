using System.Globalization;
using Hpo.Interop.DataFrames;
using Hpo.Interop.Samplers;
using Hpo.Interop.Storages;
using Hpo.Tests;
using Microsoft.Data.Analysis;
using Parquet;

namespace Hpo.Interop.Tests;

/// <summary>The trials as a table, against Optuna's own data frame.</summary>
public sealed class TrialsTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Url => $"sqlite:///{_folder.File("table.db")}";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Columns_and_values_are_those_of_Optuna_s_data_frame()
    {
        using Study study = Create(StudyDirection.Minimize);
        TrialsTable table = study.TrialsTable();
        var csv = new StringWriter();
        table.WriteCsv(csv);

        string same = await PythonOracle.RunAsync(
            """
            import sys, io, json, optuna, pandas
            frame = optuna.load_study(study_name="table", storage=sys.argv[1]).trials_dataframe()
            ours = pandas.read_csv(io.StringIO(sys.argv[2]), parse_dates=["datetime_start", "datetime_complete"],
                                   float_precision="round_trip")
            assert list(ours.columns) == list(frame.columns), (list(ours.columns), list(frame.columns))
            for name in frame.columns:
                for mine, theirs in zip(ours[name], frame[name]):
                    if isinstance(theirs, (dict, list)): mine = json.loads(mine)
                    if name == "user_attrs_mixed" and not pandas.isna(theirs): theirs = str(theirs)
                    if name == "duration" and not pandas.isna(theirs): theirs = theirs.total_seconds()
                    missing = not isinstance(theirs, (dict, list)) and pandas.isna(theirs)
                    assert pandas.isna(mine) if missing else mine == theirs, (name, mine, theirs)
            print(frame.shape)
            """,
            Url, csv.ToString());

        same.Trim().Should().Be($"({table.RowCount}, {table.Columns.Count})");
    }

    [Fact]
    public void Columns_are_typed_and_rows_are_read_by_name()
    {
        using Study study = Create(StudyDirection.Minimize);
        TrialsTable table = study.TrialsTable();

        table.Columns.ToDictionary(column => column.Name, column => column.Type).Should().BeEquivalentTo(new Dictionary<string, Type>
        {
            ["number"] = typeof(long),
            ["value"] = typeof(double),
            ["datetime_start"] = typeof(DateTime),
            ["datetime_complete"] = typeof(DateTime),
            ["duration"] = typeof(TimeSpan),
            ["params_layers"] = typeof(long),
            ["params_lucky"] = typeof(bool),
            ["params_only sometimes"] = typeof(double),
            ["params_x"] = typeof(double),
            ["user_attrs_mixed"] = typeof(string),
            ["user_attrs_note"] = typeof(string),
            ["user_attrs_shape"] = typeof(string),
            ["state"] = typeof(string),
        });
        TrialRow first = table.Rows.First();
        first.Get<double>("params_x").Should().Be((double)study.Trials[0].Params["x"]!);
        first.Get<TimeSpan>("duration").Should().Be(study.Trials[0].Duration!.Value);
        table.Rows.Last().Get<double?>("value").Should().BeNull("the last trial failed");
        FluentActions.Invoking(() => first.Get<long>("params_x")).Should().Throw<InvalidCastException>().WithMessage("*params_x*Double*");
        FluentActions.Invoking(() => table["params_y"]).Should().Throw<KeyNotFoundException>().WithMessage("*params_y*params_x*");
    }

    [Fact]
    public void Several_objectives_are_columns_of_their_own()
    {
        using Study study = Create(StudyDirection.Minimize, StudyDirection.Maximize);
        study.TrialsTable()["values_1"].Values.Should().Equal(study.Trials.Select(trial => (object?)trial.Values?[1]));
    }

    [Fact]
    public void A_study_without_trials_is_a_table_without_columns()
    {
        using Study study = Study.Create();
        study.TrialsTable().Columns.Should().BeEmpty();
    }

    [Fact]
    public void A_data_frame_has_the_columns_with_their_types()
    {
        using Study study = Create(StudyDirection.Minimize);
        DataFrame frame = study.TrialsTable().ToDataFrame();

        frame.Rows.Count.Should().Be(study.Trials.Count);
        frame["params_x"].Should().BeOfType<DoubleDataFrameColumn>();
        frame["params_lucky"].Should().BeOfType<BooleanDataFrameColumn>();
        frame["datetime_start"].Should().BeOfType<DateTimeDataFrameColumn>();
        frame["value"].NullCount.Should().Be(1);
        ((double)frame["params_x"].Mean()).Should().BeApproximately(
            study.Trials.Average(trial => (double)trial.Params["x"]!), 1e-12);
    }

    [Fact]
    public async Task A_Parquet_file_reads_back_as_the_table()
    {
        using Study study = Create(StudyDirection.Minimize);
        TrialsTable table = study.TrialsTable();
        using var file = new MemoryStream();
        await table.WriteParquetAsync(file);

        file.Position = 0;
        await using ParquetReader reader = await ParquetReader.CreateAsync(file);
        reader.Schema.DataFields.Select(field => field.Name).Should().Equal(table.Columns.Select(column => column.Name));
        using ParquetRowGroupReader group = reader.OpenRowGroupReader(0);
        group.RowCount.Should().Be(table.RowCount);
        var values = new double?[table.RowCount];
        await group.ReadAsync<double>(reader.Schema.DataFields.Single(field => field.Name == "value"), values);
        values.Should().Equal(study.Trials.Select(trial => trial.Value));
        var starts = new DateTime?[table.RowCount];
        await group.ReadAsync<DateTime>(reader.Schema.DataFields.Single(field => field.Name == "datetime_start"), starts);
        starts.Select(start => start?.ToString("O", CultureInfo.InvariantCulture)[..26])
            .Should().Equal(study.Trials.Select(trial => trial.DatetimeStart?.ToString("O", CultureInfo.InvariantCulture)[..26]));
    }

    private Study Create(params StudyDirection[] directions)
    {
        Study study = Study.Create(new StudyOptions
        {
            Name = "table",
            Storage = Storage.FromUrl(Url),
            Directions = directions,
            Sampler = new RandomSampler { Seed = 4 },
        });
        study.Optimize(
            trial =>
            {
                double x = trial.SuggestFloat("x", -1e-5, 1);
                trial.SuggestInt("layers", 1, 5);
                trial.SuggestCategorical("lucky", true, false);
                if (trial.Number == 1) trial.SuggestFloat("only sometimes", 0, 1);
                trial.SetUserAttr("note", trial.Number == 0 ? "line\nbreak" : "plain");
                if (trial.Number < 2) trial.SetUserAttr("mixed", trial.Number == 0 ? 1 : "two, \"quoted\"");
                trial.SetUserAttr("shape", new Dictionary<string, object?> { ["layers"] = new object?[] { 1L, 2L } });
                return trial.Number == 5 ? throw new InvalidOperationException("the last one") : (IReadOnlyList<double>)[.. directions.Select(_ => x)];
            },
            new OptimizeOptions { NTrials = 6, Catch = [typeof(InvalidOperationException)] });
        return study;
    }
}
