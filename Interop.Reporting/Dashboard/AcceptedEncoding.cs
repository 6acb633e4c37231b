using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Hpo.Interop.Reporting.Dashboard;

/// <summary>What a reader's Accept-Encoding says of gzip (RFC 9110, 12.5.3).</summary>
internal static class AcceptedEncoding
{
    private const string Gzip = "gzip";

    /// <summary>Whether gzip was asked for, and plain content is not liked better.</summary>
    /// <param name="header">The header's values; none for a reader who did not send it.</param>
    public static bool IsGzip(StringValues header)
    {
        if (!StringWithQualityHeaderValue.TryParseList(header!, out IList<StringWithQualityHeaderValue>? accepted)) return false;
        double gzip = Quality(accepted, Gzip) ?? Quality(accepted, "*") ?? 0;
        return gzip > 0 && gzip >= (Quality(accepted, "identity") ?? 0);
    }

    private static double? Quality(IEnumerable<StringWithQualityHeaderValue> accepted, string coding) => accepted
        .Where(item => item.Value.Equals(coding, StringComparison.OrdinalIgnoreCase)).Select(item => (double?)(item.Quality ?? 1)).FirstOrDefault();
}
