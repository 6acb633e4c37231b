namespace Hpo.Interop;

/// <summary>Python or Optuna cannot be used in this process; the message says why and what to do.</summary>
public class PythonStartException : OptunaException
{
    /// <summary>Says why Python cannot be used.</summary>
    public PythonStartException(string message)
        : base(message)
    {
    }

    /// <summary>Says why Python cannot be used, with the cause.</summary>
    public PythonStartException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
