using Hpo.Interop.Samplers;
using Hpo.Tests;

namespace Hpo.Interop.Tests.Tutorials;

/// <summary>The code of docs/tutorials/recipes.md: where trials come from, and what is done with them.</summary>
public sealed class TrialRecipeTutorials : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Callback()
    {
        // snippet: callback
        int inRow = 0;
        void StopWhenTrialsKeepBeingPruned(Study study, FrozenTrial trial)
        {
            inRow = trial.State == TrialState.Pruned ? inRow + 1 : 0;
            if (inRow >= 3) study.Stop();
        }

        using Study study = Study.Create();
        study.Optimize(
            trial => trial.Number > 4 ? throw new TrialPrunedException() : trial.SuggestFloat("x", 0, 1),
            new OptimizeOptions { NTrials = 100, Callbacks = [StopWhenTrialsKeepBeingPruned, new MaxTrialsCallback(50)] });
        // end
        study.Trials.Should().HaveCount(8);
    }

    [Fact]
    public void SpecifiedParams()
    {
        // snippet: specify-params
        using Study study = Study.Create(new StudyOptions { Direction = StudyDirection.Maximize });
        // What a person would try first …
        study.EnqueueTrial([new("bagging_fraction", 1.0), new("bagging_freq", 0)]);
        study.EnqueueTrial([new("bagging_fraction", 0.75), new("bagging_freq", 5)]);
        // … and what is known already.
        study.AddTrial(FrozenTrial.Create(
            value: 0.94,
            parameters: new Dictionary<string, object?> { ["bagging_fraction"] = 0.5, ["bagging_freq"] = 3 },
            distributions: new Dictionary<string, Distribution>
            {
                ["bagging_fraction"] = new FloatDistribution(0.4, 1.0),
                ["bagging_freq"] = new IntDistribution(0, 7),
            }));
        study.Optimize(
            trial => trial.SuggestFloat("bagging_fraction", 0.4, 1.0) - 0.01 * trial.SuggestInt("bagging_freq", 0, 7),
            nTrials: 3);
        // end
        study.Trials.Should().HaveCount(4);
        study.Trials[1].Params.Should().Contain("bagging_freq", 5L);
    }

    [Fact]
    public void AskAndTell()
    {
        // snippet: ask-and-tell
        using Study study = Study.Create();
        for (int batch = 0; batch < 5; batch++)
        {
            Trial[] trials = [.. Enumerable.Range(0, 3).Select(_ => study.Ask())];
            double[] values = [.. trials.Select(trial => Math.Abs(trial.SuggestFloat("x", -10, 10)))];
            foreach ((Trial trial, double value) in trials.Zip(values))
            {
                study.Tell(trial, value);
                trial.Dispose();
            }
        }

        // A trial that failed, or that another process tells by its number.
        using (Trial broken = study.Ask()) study.Tell(broken, null, TrialState.Fail);
        using (Trial remote = study.Ask()) study.Tell(remote.Number, [0.5]);
        // end
        study.GetTrials(TrialState.Complete).Should().HaveCount(16);
    }

    [Fact]
    public void HumanInTheLoop()
    {
        string folder = _folder.Path, storage = $"sqlite:///{_folder.File("example.db")}";
        // snippet: human-in-the-loop
        var options = new StudyOptions
        {
            Name = "colours",
            Storage = storage,
            LoadIfExists = true,
            Direction = StudyDirection.Maximize,
            Sampler = new TpeSampler { ConstantLiar = true },   // other trials are still being judged
        };

        // One process keeps four colours waiting to be judged …
        void KeepFourWaiting()
        {
            using Study study = Study.Create(options);
            while (study.GetTrials(TrialState.Running).Count < 4)
            {
                using Trial trial = study.Ask();
                int hue = trial.SuggestInt("hue", 0, 359);
                string picture = Path.Combine(folder, $"{trial.Number}.html");
                File.WriteAllText(picture, $"<body style='background: hsl({hue} 80% 50%)'>");
                trial.SetUserAttr("picture", picture);
            }
        }

        // … and another one tells the study a person's judgement of one of them.
        void Judge(int number, double grade)
        {
            using Study study = Study.Load("colours", storage);
            study.Tell(number, [grade]);
        }
        // end
        KeepFourWaiting();
        Judge(2, 8);
        Judge(0, 3);
        KeepFourWaiting();

        using Study judged = Study.Load("colours", storage);
        judged.GetTrials(TrialState.Running).Select(trial => trial.Number).Should().Equal(1, 3, 4, 5);
        judged.GetTrials(TrialState.Running).Should().OnlyContain(trial => File.Exists((string)trial.UserAttrs["picture"]!));
        judged.BestTrial.Number.Should().Be(2);
    }

    [Fact]
    public void ReusedBestTrial()
    {
        // snippet: reuse-best-trial
        static (double Accuracy, double Precision) Evaluate(Trial trial)
        {
            double c = trial.SuggestFloat("C", 1e-10, 1e10, log: true);
            double accuracy = 1 / (1 + Math.Abs(Math.Log10(c)));
            return (accuracy, accuracy * 0.9);
        }

        using Study study = Study.Create(new StudyOptions { Direction = StudyDirection.Maximize });
        study.Optimize(trial => Evaluate(trial).Accuracy, nTrials: 10);

        // The best parameters once more, with what was not measured before.
        using var best = new FixedTrial(study.BestTrial);
        (double accuracy, double precision) = Evaluate(best);
        // end
        accuracy.Should().Be(study.BestValue);
        precision.Should().Be(accuracy * 0.9);
    }
}
