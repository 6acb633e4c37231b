using System.Text.Json;
using Acme;
using Hpo.Interop.Pruners;
using Hpo.Interop.Samplers;
using Hpo.Tests;

namespace Hpo.Interop.Tests.HostedByPython;

/// <summary>With the same seed, a study in Python with a C# objective equals the one in a C# host, trial by trial.</summary>
public sealed class SameStudyTests
{
    private const int Trials = 40;

    private static readonly string Package = Path.Combine(AppContext.BaseDirectory, "hpo_dotnet_package");

    [Fact]
    public async Task A_study_in_python_equals_the_one_in_a_csharp_host()
    {
        using Study study = Study.Create(new StudyOptions
        {
            Sampler = new TpeSampler { Seed = 7 },
            Pruner = new MedianPruner(),
        });
        study.Optimize(new Landscape(), new OptimizeOptions { NTrials = Trials });

        string python = await RunInPythonAsync(
            "create_study(sampler=optuna.samplers.TPESampler(seed=7), pruner=optuna.pruners.MedianPruner())", "False");

        Facts(study).Should().Be(python);
        study.Trials.Select(trial => trial.State).Distinct().Should().BeEquivalentTo([TrialState.Complete, TrialState.Pruned]);
    }

    [Fact]
    public async Task So_does_a_study_with_two_directions()
    {
        using Study study = Study.Create(new StudyOptions
        {
            Directions = [StudyDirection.Minimize, StudyDirection.Maximize],
            Sampler = new NsgaIISampler { Seed = 7, PopulationSize = 8 },
        });
        study.Optimize(new Landscape(twoValues: true), new OptimizeOptions { NTrials = Trials });

        string python = await RunInPythonAsync(
            "create_study(directions=['minimize', 'maximize'], sampler=optuna.samplers.NSGAIISampler(seed=7, population_size=8))",
            "True");

        Facts(study).Should().Be(python);
    }

    private static async Task<string> RunInPythonAsync(string study, string twoValues)
    {
        string output = await PythonOracle.RunAsync(
            $$"""
            import json, sys
            sys.path.insert(0, sys.argv[2])
            import optuna, hpo_dotnet
            hpo_dotnet.start(assemblies=sys.argv[1])
            optuna.logging.set_verbosity(optuna.logging.ERROR)
            objective = hpo_dotnet.load(sys.argv[1] + "/TestObjectives.dll").objective("landscape", two_values={{twoValues}})
            study = optuna.{{study}}
            study.optimize(objective, n_trials={{Trials}})
            print(json.dumps([[trial.number, trial.state.name, trial.values, list(trial.params.items()),
                               sorted(trial.intermediate_values.items())] for trial in study.trials]))
            """,
            AppContext.BaseDirectory,
            Package);
        using JsonDocument trials = JsonDocument.Parse(output);
        return string.Join('\n', trials.RootElement.EnumerateArray().Select(trial => Line(
            trial[0].GetInt32(),
            trial[1].GetString()!,
            trial[2].Deserialize<double[]?>(),
            trial[3].EnumerateArray().Select(pair => $"{pair[0].GetString()}={Number(pair[1])}"),
            trial[4].Deserialize<double[][]>()!)));
    }

    private static string Facts(Study study) => string.Join('\n', study.Trials.Select(trial => Line(
        trial.Number,
        trial.State.ToString().ToUpperInvariant(),
        trial.Values,
        trial.Params.Select(pair => $"{pair.Key}={JsonSerializer.Serialize(pair.Value)}"),
        trial.IntermediateValues.Select(pair => new[] { pair.Key, pair.Value }))));

    private static string Line(
        int number, string state, IReadOnlyList<double>? values, IEnumerable<string> parameters, IEnumerable<double[]> steps) =>
        JsonSerializer.Serialize(new { number, state, values, parameters, steps });

    // Python prints 3.0 where System.Text.Json prints 3; an int stays an int on both sides.
    private static string Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && !value.TryGetInt64(out _)
            ? JsonSerializer.Serialize(value.GetDouble())
            : value.GetRawText();
}
