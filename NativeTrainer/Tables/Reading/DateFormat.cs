namespace Hpo.NativeTrainer.Tables.Reading;

/// <summary>A date in days since 1970-01-01, for both orders in which days and months are written; NaN where it is none.</summary>
internal readonly record struct DateValue(double MonthFirst, double DayFirst)
{
    public bool IsDate => !double.IsNaN(MonthFirst) || !double.IsNaN(DayFirst);

    public bool IsAmbiguous => !double.IsNaN(MonthFirst) && !double.IsNaN(DayFirst) && MonthFirst != DayFirst;
}

/// <summary>
/// Reads dates: 2024-01-31, 2024/01/31, 31.1.2024, 1/31/2024 or 31/1/2024 (also with hyphens), each with a time behind it or
/// none; a time with a zone is turned into UTC.
/// </summary>
internal static class DateFormat
{
    private static readonly long Epoch = DateTime.UnixEpoch.Ticks;
    private static readonly DateValue None = new(double.NaN, double.NaN);

    public static DateValue Parse(ReadOnlySpan<char> text)
    {
        var parts = new DigitReader(text);
        if (!parts.TryReadNumber(4, out int first, out int firstDigits)) return None;
        char mark = parts.Next();
        if (mark is not ('-' or '/' or '.')) return None;
        if (!parts.TryReadNumber(2, out int second, out _) || parts.Next() != mark) return None;
        if (!parts.TryReadNumber(4, out int third, out int thirdDigits)) return None;
        if (!TryReadTime(ref parts, out long time)) return None;
        if (firstDigits == 4 && thirdDigits <= 2 && mark != '.')
        {
            double days = Days(first, second, third, time);
            return new DateValue(days, days);
        }

        if (firstDigits > 2 || thirdDigits != 4) return None;
        double dayFirst = Days(third, second, first, time);
        return new DateValue(mark == '.' ? dayFirst : Days(third, first, second, time), dayFirst);
    }

    public static double Days(DateTime date) => (double)(date.Ticks - Epoch) / TimeSpan.TicksPerDay;

    private static double Days(int year, int month, int day, long time)
    {
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return double.NaN;
        return (double)(new DateTime(year, month, day).Ticks - Epoch + time) / TimeSpan.TicksPerDay;
    }

    /// <summary>Reads a time of the day and what it is off from UTC, or the end of the text.</summary>
    private static bool TryReadTime(ref DigitReader parts, out long ticks)
    {
        ticks = 0;
        if (parts.IsAtEnd) return true;
        if (parts.Next() is not ('T' or 't' or ' ')) return false;
        if (!parts.TryReadNumber(2, out int hours, out _) || parts.Next() != ':') return false;
        if (!parts.TryReadNumber(2, out int minutes, out int digits) || digits != 2) return false;
        int seconds = 0;
        if (parts.Skip(':') && (!parts.TryReadNumber(2, out seconds, out digits) || digits != 2)) return false;
        if (hours > 23 || minutes > 59 || seconds > 59) return false;
        ticks = new TimeSpan(hours, minutes, seconds).Ticks;
        if ((parts.Skip('.') || parts.Skip(',')) && !parts.TryReadFraction(ref ticks)) return false;
        return TryReadZone(ref parts, ref ticks) && parts.IsAtEnd;
    }

    private static bool TryReadZone(ref DigitReader parts, ref long ticks)
    {
        parts.Skip(' ');
        if (parts.IsAtEnd || parts.Skip('Z') || parts.Skip('z')) return true;
        if (parts.Skip('U')) return parts.Skip('T') && parts.Skip('C');
        int sign = parts.Next() switch { '+' => -1, '-' or '\u2212' => 1, _ => 0 };
        if (sign == 0 || !parts.TryReadNumber(2, out int hours, out int digits) || digits != 2) return false;
        int minutes = 0;
        if (!parts.IsAtEnd)
        {
            parts.Skip(':');
            if (!parts.TryReadNumber(2, out minutes, out digits) || digits != 2) return false;
        }

        if (hours > 14 || minutes > 59) return false;
        ticks += sign * new TimeSpan(hours, minutes, 0).Ticks;
        return true;
    }

    /// <summary>Goes through a text of numbers and marks.</summary>
    private ref struct DigitReader(ReadOnlySpan<char> text)
    {
        private readonly ReadOnlySpan<char> _text = text;
        private int _index;

        public readonly bool IsAtEnd => _index == _text.Length;

        public char Next() => IsAtEnd ? '\0' : _text[_index++];

        public bool Skip(char mark)
        {
            if (IsAtEnd || _text[_index] != mark) return false;
            _index++;
            return true;
        }

        public bool TryReadNumber(int maximumDigits, out int number, out int digits)
        {
            number = 0;
            int start = _index;
            while (!IsAtEnd && _index - start < maximumDigits && char.IsAsciiDigit(_text[_index]))
                number = (number * 10) + (_text[_index++] - '0');
            digits = _index - start;
            return digits > 0;
        }

        public bool TryReadFraction(ref long ticks)
        {
            int start = _index;
            long unit = TimeSpan.TicksPerSecond;
            while (!IsAtEnd && char.IsAsciiDigit(_text[_index]))
            {
                unit /= 10; // digits behind a ten-millionth of a second count nothing
                ticks += (_text[_index++] - '0') * unit;
            }
            return _index > start;
        }
    }
}
