using Hpo.Interop.Pruners;
using Hpo.Interop.Samplers;
using Hpo.Interop.Storages;

namespace Hpo.Interop;

/// <summary>What a study is made of. The names and defaults are those of Optuna's <c>create_study</c>.</summary>
public sealed record StudyOptions
{
    /// <summary>The study's name; null (the default) makes Optuna generate one.</summary>
    public string? Name { get; init; }

    /// <summary>Where the study is kept: a URL, or one of the storages; null (the default) keeps it in memory.</summary>
    public Storage? Storage { get; init; }

    /// <summary>How hyperparameters are chosen; null (the default) is Optuna's choice: TPE, or NSGA-II for several
    /// objectives.</summary>
    public Sampler? Sampler { get; init; }

    /// <summary>How unpromising trials are found; null (the default) is Optuna's choice: the Median pruner.</summary>
    public Pruner? Pruner { get; init; }

    /// <summary>What is better, for each objective; empty (the default) minimises one. An existing study must have the
    /// same.</summary>
    public IReadOnlyList<StudyDirection> Directions { get; init; } = [];

    /// <summary>What is better, for a single objective; short for <see cref="Directions"/> with one element.</summary>
    public StudyDirection? Direction
    {
        get => Directions is [var direction] ? direction : null;
        init => Directions = value is { } direction ? [direction] : [];
    }

    /// <summary>Whether to go on with an existing study of that name instead of throwing
    /// <see cref="DuplicatedStudyException"/>. Default false.</summary>
    public bool LoadIfExists { get; init; }
}
