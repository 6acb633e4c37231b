namespace Hpo.Interop;

/// <summary>The installed Optuna lacks a feature that was asked for.</summary>
public sealed class OptunaFeatureException : OptunaException
{
    internal OptunaFeatureException(string message)
        : base(message)
    {
    }
}
