using System.Buffers;
using System.Globalization;

namespace Hpo.NativeTrainer.Tables.Reading;

/// <summary>Reads numbers as people write them: a decimal point or comma, groups of thousands, an exponent.</summary>
/// <param name="decimalMark">What parts the fraction: a point or a comma.</param>
internal sealed class NumberFormat(char decimalMark)
{
    private static readonly SearchValues<char> FractionAndExponent = SearchValues.Create("0123456789eE+-");

    private const int MaximumLength = 128;

    public char DecimalMark { get; } = decimalMark;

    private char GroupMark => DecimalMark == '.' ? ',' : '.';

    /// <summary>Reads a plain number, such as -12.5, fast; false where it is none, or one that takes longer.</summary>
    public bool TryParsePlain(ReadOnlySpan<char> text, out double value, ref NumberMarks marks)
    {
        int index = text.Length > 0 && text[0] == '-' ? 1 : 0;
        int first = index;
        ulong mantissa = Digits.Read(text, ref index, 0);
        int whole = index - first;
        int scale = 0;
        if ((uint)index < (uint)text.Length && text[index] == DecimalMark)
        {
            int start = ++index;
            mantissa = Digits.Read(text, ref index, mantissa);
            scale = index - start;
        }

        value = 0;
        if (index != text.Length || whole + scale is 0 or > Digits.Maximum) return false;
        if (!Digits.TryScale(mantissa, scale, out value)) return false;
        if (first == 1) value = -value;
        if (scale > 0) Mark(ref marks, MayBeGroups(text[first..], whole, scale));
        return true;
    }

    /// <summary>Reads any number; false where the text is none. Infinities are numbers.</summary>
    public bool TryParse(ReadOnlySpan<char> text, out double value, ref NumberMarks marks)
    {
        if (TryParsePlain(text, out value, ref marks)) return true;
        if (text.Length is 0 or > MaximumLength) return false;
        if (TryParse(text, DecimalMark, GroupMark, out value, out bool isGrouped, out bool hasFraction))
        {
            if (isGrouped) MarkGroups(ref marks, text, hasFraction);
            else if (hasFraction) Mark(ref marks, mayBeGroups: false);
            return true;
        }

        if (TryParse(text, GroupMark, DecimalMark, out _, out _, out _))
        {
            if (DecimalMark == '.') marks.Comma++;
            else marks.Point++;
        }
        return false;
    }

    public bool IsNumber(ReadOnlySpan<char> text)
    {
        var marks = new NumberMarks();
        return TryParse(text, out _, ref marks);
    }

    /// <summary>Which decimal mark a text shows.</summary>
    public NumberMarks MarksOf(ReadOnlySpan<char> text)
    {
        var marks = new NumberMarks();
        _ = TryParse(text, out _, ref marks);
        return marks;
    }

    private static bool MayBeGroups(ReadOnlySpan<char> digits, int whole, int scale) =>
        scale == 3 && whole is >= 1 and <= 3 && digits[0] != '0';

    private void Mark(ref NumberMarks marks, bool mayBeGroups)
    {
        if (DecimalMark == '.')
        {
            if (mayBeGroups) marks.PointOrGroups++;
            else marks.Point++;
        }
        else if (mayBeGroups) marks.CommaOrGroups++;
        else marks.Comma++;
    }

    private void MarkGroups(ref NumberMarks marks, ReadOnlySpan<char> text, bool hasFraction)
    {
        int groups = text.Count(GroupMark);
        if (groups == 0) return; // spaces or apostrophes between them show nothing
        if (groups > 1 || hasFraction) Mark(ref marks, mayBeGroups: false);
        else if (DecimalMark == '.') marks.CommaOrGroups++;
        else marks.PointOrGroups++;
    }

    private static bool TryParse(
        ReadOnlySpan<char> text, char decimalMark, char groupMark, out double value, out bool isGrouped, out bool hasFraction)
    {
        value = 0;
        isGrouped = hasFraction = false;
        Span<char> invariant = stackalloc char[text.Length];
        int length = 0;
        int index = 0;
        if (text[0] is '-' or '+' or '\u2212') // the last one is the minus sign of typography
        {
            invariant[length++] = text[0] == '+' ? '+' : '-';
            index++;
        }

        if (IsInfinity(text[index..]))
        {
            value = length == 1 && invariant[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        int start = index;
        while (index < text.Length && text[index] != decimalMark && text[index] is not ('e' or 'E')) index++;
        if (!TryCopyWhole(text[start..index], groupMark, invariant, ref length, out isGrouped)) return false;
        if (index < text.Length && text[index] == decimalMark)
        {
            invariant[length++] = '.';
            hasFraction = true;
            index++;
        }

        // What is left may be digits and an exponent only; a second mark or a group within the fraction is no number.
        ReadOnlySpan<char> rest = text[index..];
        if (rest.ContainsAnyExcept(FractionAndExponent)) return false;
        rest.CopyTo(invariant[length..]);
        length += rest.Length;
        return double.TryParse(
            invariant[..length],
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture,
            out value);
    }

    /// <summary>Copies digits, which may be in groups of three that one and the same mark parts.</summary>
    private static bool TryCopyWhole(
        ReadOnlySpan<char> whole, char groupMark, Span<char> target, ref int length, out bool isGrouped)
    {
        isGrouped = false;
        int first = whole.IndexOfAnyExceptInRange('0', '9');
        if (first < 0)
        {
            whole.CopyTo(target[length..]);
            length += whole.Length;
            return true;
        }

        char mark = whole[first];
        if (mark != groupMark && mark is not (' ' or '\u00a0' or '\u202f' or '\'')) return false;
        if (first is 0 or > 3 || whole[0] == '0' || (whole.Length - first) % 4 != 0) return false;
        isGrouped = true;
        for (int index = 0; index < whole.Length; index++)
        {
            bool isMarked = index >= first && (index - first) % 4 == 0;
            if (isMarked ? whole[index] != mark : !char.IsAsciiDigit(whole[index])) return false;
            if (!isMarked) target[length++] = whole[index];
        }
        return true;
    }

    private static bool IsInfinity(ReadOnlySpan<char> text) =>
        text.Equals("inf", StringComparison.OrdinalIgnoreCase) || text.Equals("infinity", StringComparison.OrdinalIgnoreCase);
}
