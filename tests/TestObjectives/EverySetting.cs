using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Hpo.Interop;

namespace Acme;

/// <summary>A setting of every type; a trial keeps what arrived.</summary>
[Objective("every-setting", Description = "Keeps its settings as user attributes")]
public sealed class EverySetting(
    [Description("A name"), StringLength(8)] string name,
    bool flag = true,
    int count = 3,
    long large = 5_000_000_000,
    [Range(0.0, 1.0, MaximumIsExclusive = true)] double share = 0.5,
    float half = 0.5f,
    Rounding rounding = Rounding.ToEven,
    Rounding? otherRounding = null,
    int? limit = null,
    string? note = null,
    int[]? sizes = null,
    IReadOnlyList<string>? words = null,
    [AllowedValues("adam", "sgd")] string optimizer = "adam") : IObjective
{
    public ObjectiveValue Evaluate(Trial trial)
    {
        trial.SetUserAttr("settings", string.Join(' ', new object?[]
        {
            name, flag, count, large, share, half, rounding, otherRounding, limit, note,
            sizes is null ? null : string.Join('+', sizes), words is null ? null : string.Join('+', words), optimizer,
        }.Select(value => Convert.ToString(value ?? "null", CultureInfo.InvariantCulture))));
        return 0;
    }
}
