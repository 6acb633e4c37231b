namespace Hpo.Interop;

/// <summary>
/// An objective that is found by its name, by Python workflows above all (the package <c>hpo_dotnet</c>). The class
/// carries an <see cref="ObjectiveAttribute"/>; the parameters of its only public constructor are its settings, or those of
/// the record that is its only parameter.
/// </summary>
/// <remarks>
/// A setting is a <c>bool</c>, <c>int</c>, <c>long</c>, <c>float</c>, <c>double</c>, <c>string</c>, an enum, one of these
/// that may be null, or an array or <see cref="IReadOnlyList{T}"/> of them. Python knows it by its name in snake_case
/// (<c>testSize</c> is <c>test_size</c>). A default value makes it optional;
/// <see cref="System.ComponentModel.DescriptionAttribute"/> documents it; attributes of
/// <c>System.ComponentModel.DataAnnotations</c> (<c>Range</c>, <c>AllowedValues</c>, …) limit it, and an
/// <see cref="ArgumentException"/> of the constructor refuses what they cannot. An objective that is
/// <see cref="IDisposable"/> is disposed when its last user releases it.
/// </remarks>
/// <example><code>
/// [Objective("Acme.PriceModel", Description = "The error of the price model")]
/// public sealed class PriceModel([Range(2, 20)] int folds = 5) : IObjective
/// {
///     public ObjectiveValue Evaluate(Trial trial) => …;
/// }
/// </code></example>
public interface IObjective
{
    /// <summary>
    /// Turns a trial into its value, or its values. It runs with Python's GIL released, and on several threads at a time
    /// where the study runs with <c>n_jobs</c> above 1. <see cref="TrialPrunedException"/> prunes the trial, another
    /// exception fails it.
    /// </summary>
    /// <param name="trial">The trial. Its <see cref="Trial.CancellationToken"/> is cancelled by Ctrl-C.</param>
    ObjectiveValue Evaluate(Trial trial);
}
