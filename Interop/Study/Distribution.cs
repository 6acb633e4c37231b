using System.Globalization;
using System.Text;
using Hpo.Interop.Bridge;
using Hpo.Interop.Glue;

namespace Hpo.Interop;

/// <summary>The range that a parameter is drawn from.</summary>
public abstract record Distribution
{
    private protected Distribution()
    {
    }

    /// <summary>Whether the range holds one value only. Optuna's <c>single</c>.</summary>
    /// <exception cref="PythonCallException">Optuna refuses the range (<c>ValueError</c>).</exception>
    public bool IsSingle() => Call("single").AsBool();

    /// <summary>Reads what <see cref="ToJson"/> wrote, or Optuna's <c>distribution_to_json</c>.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="PythonCallException">It is not the text of a distribution (<c>ValueError</c>).</exception>
    public static Distribution FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return FrozenTrials.Distribution(OptunaRuntime.Current.Glue.Distributions.Call("from_json", json).AsMap());
    }

    /// <summary>Throws unless one parameter may have both in one study: types and choices are equal, ranges may differ.
    /// Optuna's <c>check_distribution_compatibility</c>.</summary>
    /// <param name="oldDistribution">The distribution so far.</param>
    /// <param name="newDistribution">The one to compare with it.</param>
    /// <exception cref="PythonCallException">They are not compatible (<c>ValueError</c>).</exception>
    public static void CheckCompatibility(Distribution oldDistribution, Distribution newDistribution)
    {
        ArgumentNullException.ThrowIfNull(oldDistribution);
        ArgumentNullException.ThrowIfNull(newDistribution);
        OptunaRuntime.Current.Glue.Distributions.Call(
            "check_compatibility", FrozenTrials.ToPython(oldDistribution), FrozenTrials.ToPython(newDistribution));
    }

    /// <summary>The distribution as text in Optuna's own form. Optuna's <c>distribution_to_json</c>.</summary>
    public string ToJson() => Call("to_json").AsString();

    /// <summary>The number that a storage keeps for a value: the value itself, or the index of a choice.</summary>
    /// <param name="value">The value: a number, or one of the choices.</param>
    /// <exception cref="PythonCallException">It is not a value of this distribution (<c>ValueError</c>).</exception>
    public double ToInternalRepr(object? value) => Call("to_internal_repr", Objects.ToPython(value)).AsFloat();

    /// <summary>The value for which a storage keeps a number: long, double, or a choice.</summary>
    /// <param name="value">The number.</param>
    public object? ToExternalRepr(double value) => Objects.FromPython(Call("to_external_repr", value));

    /// <summary>The range by name, with numbers in no country's form.</summary>
    public sealed override string ToString() => InvariantText.Of(this, PrintMembers);

    private PythonValue Call(string function) =>
        OptunaRuntime.Current.Glue.Distributions.Call(function, FrozenTrials.ToPython(this));

    private PythonValue Call(string function, PythonValue value) =>
        OptunaRuntime.Current.Glue.Distributions.Call(function, FrozenTrials.ToPython(this), value);
}

/// <summary>A floating point parameter.</summary>
/// <param name="Low">The lowest value, inclusive; above 0 where <paramref name="Log"/> is set.</param>
/// <param name="High">The highest value, inclusive.</param>
/// <param name="Log">Whether it is drawn from the logarithmic domain. Default false; excludes <paramref name="Step"/>.</param>
/// <param name="Step">The distance of the grid that starts at <paramref name="Low"/>, or null for none.</param>
public sealed record FloatDistribution(double Low, double High, bool Log = false, double? Step = null) : Distribution;

/// <summary>An integer parameter.</summary>
/// <param name="Low">The lowest value, inclusive; at least 1 where <paramref name="Log"/> is set.</param>
/// <param name="High">The highest value, inclusive.</param>
/// <param name="Log">Whether it is drawn from the logarithmic domain. Default false; needs a step of 1.</param>
/// <param name="Step">The distance between values, at least 1. Default 1.</param>
public sealed record IntDistribution(long Low, long High, bool Log = false, long Step = 1) : Distribution;

/// <summary>A parameter with a list of choices.</summary>
/// <param name="Choices">The choices: null, bool, int, long, double or string.</param>
public sealed record CategoricalDistribution(IReadOnlyList<object?> Choices) : Distribution
{
    /// <summary>Writes the choices: the compiler would write the type of their list.</summary>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"{nameof(Choices)} = [{string.Join(", ", Choices.Select(Text))}]");
        return true;
    }

    private static string Text(object? choice) => choice switch
    {
        null => "null",
        string text => $"\"{text}\"",
        _ => Convert.ToString(choice, CultureInfo.InvariantCulture)!,
    };

    /// <summary>Equal when the choices are, in order.</summary>
    public bool Equals(CategoricalDistribution? other) => other is not null && Choices.SequenceEqual(other.Choices);

    /// <inheritdoc/>
    public override int GetHashCode() => Choices.Aggregate(17, (hash, choice) => HashCode.Combine(hash, choice));
}
