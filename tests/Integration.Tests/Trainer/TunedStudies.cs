using System.Text.Json;

namespace Hpo.Integration.Tests.Trainer;

/// <summary>Digits studies that several tests read: each is tuned once, and copied into a test's folder.</summary>
internal static class TunedStudies
{
    private static readonly Lazy<Task<(JsonElement Told, byte[] Database)>> Grid =
        new(() => TuneAsync("--sampler", "grid", "--study", "grid", "--n-jobs", "2"));

    private static readonly Lazy<Task<(JsonElement Told, byte[] Database)>> Pruned =
        new(() => TuneAsync("--n-trials", "25", "--seed", "3", "--pruner", "median"));

    /// <summary>The study "grid": the whole grid. Gives what the command told.</summary>
    public static Task<JsonElement> CopyGridAsync(TrainerInFolder trainer) => CopyAsync(Grid, trainer);

    /// <summary>The study "digits": 25 trials, pruned by the median. Gives what the command told.</summary>
    public static Task<JsonElement> CopyPrunedAsync(TrainerInFolder trainer) => CopyAsync(Pruned, trainer);

    private static async Task<JsonElement> CopyAsync(Lazy<Task<(JsonElement Told, byte[] Database)>> study, TrainerInFolder trainer)
    {
        (JsonElement told, byte[] database) = await study.Value;
        await File.WriteAllBytesAsync(trainer.File("hpo.db"), database);
        return told;
    }

    private static async Task<(JsonElement Told, byte[] Database)> TuneAsync(params string[] options)
    {
        using var trainer = new TrainerInFolder();
        JsonElement told = await trainer.JsonAsync(["tune", "digits", .. options]);
        return (told, await File.ReadAllBytesAsync(trainer.File("hpo.db")));
    }
}
