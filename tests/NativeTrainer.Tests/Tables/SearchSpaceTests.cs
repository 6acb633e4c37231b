using System.Globalization;
using System.Runtime.CompilerServices;
using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Objectives;
using Hpo.NativeTrainer.Tables.Space;
using Hpo.NativeTrainer.Tables.Training;
using Hpo.Tests;

namespace Hpo.NativeTrainer.Tests.Tables;

public sealed class SearchSpaceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_page_lists_every_hyperparameter_with_its_range_and_its_default()
    {
        string[] page = File.ReadAllLines(Path.Combine(Path.GetDirectoryName(Here())!, "../../../docs/tables.md"));
        foreach (Hyperparameter one in Plan("luxury").SearchSpace().Where(one => one.Name != TablePlan.ModelName))
        {
            string part = one.Name.Split('_')[^1];
            string name = part is "encoding" or "missing" or "terms" ? $"<model>_{part}" : one.Name;
            string range = one.Choices.Count > 0 ? string.Join(", ", one.Choices)
                : string.Create(CultureInfo.InvariantCulture, $"{one.Low} to {one.High}{(one.IsLog ? ", log" : "")}");
            page.Should().Contain(string.Create(CultureInfo.InvariantCulture, $"| `{name}` | {range} | {one.Default} |"));
        }
    }

    [Fact]
    public void A_file_narrows_ranges_and_choices_and_defaults_with_them()
    {
        TablePlan plan = Plan("price", """{ "model": ["sdca", "lightgbm"], "lightgbm_leaves": [40, 50], "lightgbm_learning_rate": 0.05, "lightgbm_encoding": "target" } // mine""");
        Hyperparameter Find(string name) => plan.SearchSpace().Single(one => one.Name == name);

        plan.Models.Select(model => model.Name).Should().BeEquivalentTo("lightgbm", "sdca");
        (Find("lightgbm_leaves").Low, Find("lightgbm_leaves").High, Find("lightgbm_leaves").Default).Should().Be((40.0, 50.0, (object)40));
        (Find("lightgbm_learning_rate").Low, Find("lightgbm_learning_rate").High).Should().Be((0.05, 0.05));
        Find("lightgbm_encoding").Choices.Should().Equal("target");
        Find("lightgbm_iterations").High.Should().Be(1000, "it is not named");
    }

    [Theory]
    [InlineData("[1]", "*space.json: it holds no JSON object.*")]
    [InlineData("{", "*space.json: it is no JSON:*")]
    [InlineData("""{ "leaves": 3 }""", "*'leaves': there is no hyperparameter of that name here. They are model, extratrees_trees*")]
    [InlineData("""{ "lightgbm_leaves": [2, 64] }""", "*'lightgbm_leaves': [2, 64] is no part of its range. Stay in [4, 256].")]
    [InlineData("""{ "lightgbm_leaves": [64, 8] }""", "*'lightgbm_leaves': [64, 8] is no part of its range*")]
    [InlineData("""{ "lightgbm_leaves": 8.5 }""", "*'lightgbm_leaves': it is a whole number*")]
    [InlineData("""{ "lightgbm_leaves": "many" }""", "*'lightgbm_leaves': it is a number*")]
    [InlineData("""{ "forest_encoding": 1 }""", "*'forest_encoding': it is a choice. Write names out of onehot, target.")]
    [InlineData("""{ "forest_encoding": "worst" }""", "*'forest_encoding': it has no choice 'worst'. Write names out of onehot, target.")]
    [InlineData("""{ "model": ["xgboost"] }""", "*'model': it has no choice 'xgboost'*")]
    [InlineData("""{ "model": {} }""", "*'model' is {}. Write a range*")]
    [InlineData("""{ "model": [] }""", "*'model' is []. Write a range*")]
    public void What_is_no_part_of_the_space_is_refused_with_its_name(string content, string message) =>
        FluentActions.Invoking(() => Plan("price", content)).Should().Throw<DataFileException>().WithMessage(message);

    private TablePlan Plan(string target, string? space = null)
    {
        string data = _folder.Write("houses.csv", Houses.Csv(200));
        string[] others = [.. ((string[])["price", "luxury", "grade"]).Where(name => name != target)];
        return TablePlanner.Plan(new TableOptions(data, target)
        {
            Ignore = others,
            Text = ["remarks"],
            Space = space is null ? null : _folder.Write("space.json", space),
        });
    }

    private static string Here([CallerFilePath] string file = "") => file;
}
