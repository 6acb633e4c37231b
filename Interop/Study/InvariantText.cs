using System.Globalization;
using System.Text;

namespace Hpo.Interop;

/// <summary>
/// The text of a record. What the compiler writes for one follows the thread's culture, in which 0.5 may be 0,5: a log, a
/// file or SQL that holds it would read otherwise elsewhere.
/// </summary>
internal static class InvariantText
{
    /// <param name="record">The record.</param>
    /// <param name="printMembers">The record's own <c>PrintMembers</c>.</param>
    public static string Of(object record, Func<StringBuilder, bool> printMembers)
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            StringBuilder text = new StringBuilder(record.GetType().Name).Append(" { ");
            if (printMembers(text)) text.Append(' ');
            return text.Append('}').ToString();
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
