using System.CommandLine;

namespace Hpo.Benchmarks;

/// <summary>An option that is a number of at least 1.</summary>
internal static class PositiveOption
{
    public static Option<int> Create(string name, string description, int byDefault)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => byDefault };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1) result.AddError($"{name} must be at least 1.");
        });
        return option;
    }
}
