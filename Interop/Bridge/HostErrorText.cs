using System.Text;

namespace Hpo.Interop.Bridge;

/// <summary>What Python shows of a C# exception. A lone surrogate, which Python's str does not take, becomes U+FFFD.</summary>
internal static class HostErrorText
{
    /// <summary>The type and the message.</summary>
    public static string Of(Exception exception) => Printable($"{exception.GetType().FullName}: {exception.Message}");

    /// <summary>The type, the message, the causes and the stack.</summary>
    public static string DetailsOf(Exception exception) => Printable(exception.ToString());

    private static string Printable(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
