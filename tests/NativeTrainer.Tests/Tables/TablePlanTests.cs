using Hpo.Interop.Reporting.CommandLine;
using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Objectives;
using Hpo.NativeTrainer.Tables;
using Hpo.NativeTrainer.Tables.Models;
using Hpo.NativeTrainer.Tables.Training;
using Hpo.Tests;

namespace Hpo.NativeTrainer.Tests.Tables;

/// <summary>Tables and options that do not go together, or leave too little.</summary>
public sealed class TablePlanTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("*--target and --ignore both name the column 'price'*", "price", null, null, null, null)]
    [InlineData("*--target and --group both name the column 'price'*", null, "price", null, null, null)]
    [InlineData("*--target and --order both name the column 'price'*", null, null, "price", null, null)]
    [InlineData("*--group and --ignore both name the column 'city'*", "city", "city", null, null, null)]
    [InlineData("*--order and --ignore both name the column 'sold'*", "sold", null, "sold", null, null)]
    [InlineData("*--categorical and --ignore both name the column 'rooms'*", "rooms", null, null, "rooms", null)]
    [InlineData("*--categorical and --text both name the column 'rooms'*", null, null, null, "rooms", "rooms")]
    [InlineData("*--group and --order exclude each other*", null, "city", "sold", null, null)]
    public void Options_that_contradict_each_other_are_refused(string message, string? ignore, string? group, string? order, string? categorical, string? text)
    {
        TableOptions options = new TableOptions(_folder.Write("houses.csv", Houses.Csv(60)), "price")
        {
            Ignore = List(ignore),
            Group = group,
            Order = order,
            Categorical = List(categorical),
            Text = List(text),
        };
        FluentActions.Invoking(() => TablePlanner.Plan(options)).Should().Throw<UserError>().WithMessage(message);

        static string[] List(string? name) => name is null ? [] : [name];
    }

    [Theory]
    [InlineData("prise", null, "*no column \"prise\". Did you mean \"price\"?*")]
    [InlineData("price", "citi", "*no column \"citi\". Did you mean \"city\"?*")]
    public void A_column_that_is_not_there_is_told_with_the_nearest(string target, string? group, string message) =>
        FluentActions.Invoking(() => TablePlanner.Plan(new TableOptions(_folder.Write("houses.csv", Houses.Csv(60)), target) { Group = group }))
            .Should().Throw<DataFileException>().WithMessage(message);

    [Theory]
    [InlineData("5")]
    [InlineData("5.5")]
    [InlineData("p")]
    public void A_target_of_one_value_is_refused(string value) => Refused(
        Table("a,y", row => $"{row * 7 % 11},{value}"), "*column 'y' has the same value in all rows, and there is nothing to predict. Choose another --target.");

    [Theory]
    [InlineData("hpo.missing,y", "*the name of column 'hpo.missing' begins with 'hpo.'*--ignore it.")]
    [InlineData("d.year,d,y", "*column 'd.year' has the name of a number that the date 'd' becomes.*--ignore it.")]
    [InlineData("d.day,d,d.day.days,y", "*column 'd.day' has the name*")]
    public void Names_that_features_take_are_refused(string header, string message) => Refused(
        Table(header, row => string.Concat(header.Split(',')[..^1].Select(name => name == "d" ? $"2020-03-{row % 28 + 1:00}," : $"{row * 7 % 11}.5,")) + $"{row}.5"), message);

    [Fact]
    public void A_fold_without_an_AUC_is_refused_before_anything_runs()
    {
        string file = Table("a,y", row => $"{row * 7 % 11},{(row < 3 ? "yes" : "no")}");
        FluentActions.Invoking(() => TablePlanner.Plan(new TableOptions(file, "y"))).Should().Throw<UserError>()
            .WithMessage("--metric auc: the rows of fold * are of one class, and have no AUC. Choose another --metric or --folds, or add rows of the rarer classes.");
        FluentActions.Invoking(() => TablePlanner.Plan(new TableOptions(file, "y") { Validation = 0.02 })).Should().Throw<UserError>()
            .WithMessage("--metric auc: the rows of the validation are of one class*--validation*");
        TablePlanner.Plan(new TableOptions(file, "y") { Metrics = ["accuracy"] }).Folds.Should().HaveCount(5);
        TablePlanner.Plan(new TableOptions(file, "y") { Folds = 2, TestSize = 0.02 }).Notes.Should().ContainMatch("The test's rows are of one class*");
    }

    [Fact]
    public void A_test_file_spells_booleans_in_its_own_way_and_may_have_one_class_only()
    {
        string file = Table("a,garden,y", row => $"{row * 7 % 11},{(row % 3 == 0 ? "yes" : "no")},{(row % 2 == 0 ? "yes" : "no")}");
        string test = _folder.Write("test.csv", "y,a,garden\nTRUE,1,TRUE\nTRUE,2,FALSE\n");
        TablePlan plan = TablePlanner.Plan(new TableOptions(file, "y") { Test = test, Metrics = ["accuracy"] });

        plan.TestValues.Should().Equal(1, 1);
        ((CategoryColumn)plan.TestTable.Find("garden")!).Levels.Should().Equal("no", "yes");
        FluentActions.Invoking(() => TablePlanner.Plan(new TableOptions(file, "y") { Test = _folder.Write("other.csv", "y,a,garden\nmaybe,1,no\n") }))
            .Should().Throw<DataFileException>().WithMessage("*column 'y' has no value in any row*");
    }

    [Fact]
    public void One_model_for_each_class_is_not_trained_of_hundreds_of_classes()
    {
        string file = Table("a,y", row => $"{row},class{row % 31}");
        TablePlanner.Plan(new TableOptions(file, "y") { TestSize = 0, Folds = 2 }).Models.Select(model => model.Name)
            .Should().Equal("extratrees", "forest", "lbfgs", "lightgbm", "mlp", "sdca");
    }

    [Fact]
    public void Numbers_that_a_feature_cannot_hold_are_told_and_count_as_missing()
    {
        string file = Table("a,b,y", row => $"{(row < 3 ? "1e300" : $"{row}")},{row * 7 % 11},{row}.5");
        TablePlan plan = TablePlanner.Plan(new TableOptions(file, "y") { Models = ["lbfgs"] });
        plan.Notes.Should().Contain("Column 'a': 3 values beyond 3.4e38 count as missing.");
        var training = new TableTraining(plan, 1);
        training.Test(training.Train(plan.Defaults(plan.Models.Single()), TestContext.Current.CancellationToken))[0].Should().BeLessThan(training.TestBaseline()[0]);
    }

    [Fact]
    public void A_line_is_learned_from_few_rows_whatever_the_regularization()
    {
        string file = Table("a,garden,y", row => $"{row * 37 % 100}.5,{(row % 7 == 0 ? "yes" : "no")},{3 * (row * 37 % 100) + (row % 7 == 0 ? 50 : 0)}.25");
        TablePlan plan = TablePlanner.Plan(new TableOptions(file, "y") { Models = ["sdca"], Space = _folder.Write("space.json", "{ \"sdca_l2\": 1e-5 }") });
        var training = new TableTraining(plan, 1);
        training.Test(training.Train(plan.Defaults(plan.Models.Single()), TestContext.Current.CancellationToken))[0].Should().BeLessThan(1);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Two_classes_may_be_learned_as_many(string model)
    {
        string file = Table("a,y", row => $"{row * 7 % 11},{(row * 7 % 11 > 5 ? "b" : "a")}");
        TablePlan plan = TablePlanner.Plan(new TableOptions(file, "y") { Task = "multiclass", Models = [model] });
        var training = new TableTraining(plan, 1);
        training.Test(training.Train(plan.Defaults(plan.Models.Single()), TestContext.Current.CancellationToken))[0].Should().BeGreaterThan(0.8);
    }

    public static TheoryData<string> Models => [.. TableModels.All.Where(model => model.Name != "gam").Select(model => model.Name)];

    private string Table(string header, Func<int, string> row) => _folder.Write(
        "table.csv", $"{header}\n{string.Join('\n', Enumerable.Range(0, 100).Select(row))}\n");

    private static void Refused(string file, string message) =>
        FluentActions.Invoking(() => TablePlanner.Plan(new TableOptions(file, "y"))).Should().Throw<DataFileException>().WithMessage(message);
}
