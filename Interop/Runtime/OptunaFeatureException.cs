namespace Hpo.Interop;

/// <summary>The installed Optuna, or a Python package that it needs for it, lacks a feature that was asked for.</summary>
public sealed class OptunaFeatureException : OptunaException
{
    internal OptunaFeatureException(string message)
        : base(message)
    {
    }
}
