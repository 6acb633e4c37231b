namespace Hpo.Interop;

/// <summary>The base of every exception of this library that is not a plain argument or state error.</summary>
public class OptunaException : Exception
{
    /// <inheritdoc cref="Exception()"/>
    public OptunaException()
    {
    }

    /// <inheritdoc cref="Exception(string)"/>
    public OptunaException(string message)
        : base(message)
    {
    }

    /// <inheritdoc cref="Exception(string, Exception)"/>
    public OptunaException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
