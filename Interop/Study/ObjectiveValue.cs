using Hpo.Interop.Bridge;

namespace Hpo.Interop;

/// <summary>What an <see cref="IObjective"/> gives: one value, or one for each direction of the study.</summary>
public readonly struct ObjectiveValue : IEquatable<ObjectiveValue>
{
    private readonly double _value;
    private readonly double[]? _values;

    private ObjectiveValue(double value) => _value = value;

    private ObjectiveValue(double[] values) => _values = values;

    /// <summary>The values; one where the study has one objective.</summary>
    public IReadOnlyList<double> Values => _values ?? [_value];

    /// <summary>One value. NaN fails the trial.</summary>
    public static implicit operator ObjectiveValue(double value) => new(value);

    /// <summary>One value for each direction of the study.</summary>
    public static implicit operator ObjectiveValue(double[] values) => FromList(values);

    /// <summary>The values of a study with two directions.</summary>
    public static implicit operator ObjectiveValue((double First, double Second) values) =>
        new([values.First, values.Second]);

    /// <summary>Whether both hold the same values.</summary>
    public static bool operator ==(ObjectiveValue left, ObjectiveValue right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(ObjectiveValue left, ObjectiveValue right) => !left.Equals(right);

    /// <summary>One value for each direction of the study.</summary>
    public static ObjectiveValue FromList(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new ObjectiveValue([.. values]);
    }

    /// <summary>The one value of a study with one objective. NaN fails the trial.</summary>
    public static ObjectiveValue FromDouble(double value) => value;

    /// <inheritdoc/>
    public bool Equals(ObjectiveValue other) => Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ObjectiveValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Values.Aggregate(17, HashCode.Combine);

    internal PythonValue ToPython() => _values is null ? _value : PythonValue.List(_values, value => value);
}
