using System.Text;

namespace Hpo.Interop.Engine;

/// <summary>What Python shows of a C# exception.</summary>
internal static class HostErrorText
{
    /// <summary>The type and the message. A lone surrogate, which Python's str does not take, becomes U+FFFD.</summary>
    public static string Of(Exception exception) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes($"{exception.GetType().FullName}: {exception.Message}"));
}
