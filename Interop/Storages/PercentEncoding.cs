using System.Buffers;
using System.Globalization;
using System.Text;

namespace Hpo.Interop.Storages;

/// <summary>Percent-encoding as Python's <c>urllib.parse</c> reads it, so that both sides see the same password.</summary>
internal static class PercentEncoding
{
    /// <summary>Decodes as <c>unquote</c>: UTF-8, a plus stays a plus, a malformed escape stays as it is.</summary>
    public static string Decode(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal)) return text;
        byte[] source = Encoding.UTF8.GetBytes(text);
        var decoded = new ArrayBufferWriter<byte>(source.Length);
        for (int i = 0; i < source.Length; i++)
        {
            bool escape = source[i] == '%' && i + 2 < source.Length
                          && char.IsAsciiHexDigit((char)source[i + 1]) && char.IsAsciiHexDigit((char)source[i + 2]);
            byte next = escape
                ? byte.Parse(source.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
                : source[i];
            decoded.Write([next]);
            if (escape) i += 2;
        }

        return Encoding.UTF8.GetString(decoded.WrittenSpan);
    }

    /// <summary>Decodes as <c>parse_qsl</c> does it for one name or value: a plus is a space.</summary>
    public static string DecodeQuery(string text) => Decode(text.Replace('+', ' '));
}
