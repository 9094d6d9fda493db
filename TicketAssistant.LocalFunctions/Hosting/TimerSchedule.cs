using Cronos;

namespace TicketAssistant.LocalFunctions.Hosting;

/// <summary>An NCRONTAB schedule: six fields, seconds first, in UTC.</summary>
internal sealed class TimerSchedule
{
    private readonly CronExpression _expression;

    private TimerSchedule(CronExpression expression) => _expression = expression;

    /// <exception cref="FormatException">The text is not an NCRONTAB expression; the message says why.</exception>
    public static TimerSchedule Parse(string text)
    {
        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 6)
            throw new FormatException("it needs six fields: second, minute, hour, day, month, day of week (no time span, no %Setting%)");
        // Cronos knows more than the real host does; what only it knows would fail there.
        if (Array.Find(fields, f => f.AsSpan().IndexOfAny("?#@") >= 0 || HasOddLetters(f)) is { } odd)
            throw new FormatException($"'{odd}' is not understood: * , - / numbers and three-letter names are");
        if (fields[5].Contains('7', StringComparison.Ordinal))
            throw new FormatException("days of the week go from 0, Sunday, to 6");
        try
        {
            return new TimerSchedule(CronExpression.Parse(text, CronFormat.IncludeSeconds));
        }
        catch (CronFormatException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    /// <summary>The first time after a given one, or null when there is none any more.</summary>
    public DateTimeOffset? Next(DateTimeOffset after) => _expression.GetNextOccurrence(after, TimeZoneInfo.Utc);

    private static bool HasOddLetters(string field)
    {
        var letters = 0;
        foreach (var c in field + ",")
        {
            if (char.IsAsciiLetter(c)) letters++;
            else if (letters is 0 or 3) letters = 0;
            else return true;
        }

        return false;
    }
}
