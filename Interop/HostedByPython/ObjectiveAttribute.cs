namespace Hpo.Interop;

/// <summary>Names an <see cref="IObjective"/>, so that it can be found.</summary>
/// <param name="name">The name; null (the default) for the type's full name.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ObjectiveAttribute(string? name = null) : Attribute
{
    /// <summary>The name, or null for the type's full name.</summary>
    public string? Name { get; } = name;

    /// <summary>What it measures, and whether that is to be minimised or maximised. Default none.</summary>
    public string? Description { get; init; }
}
