using System.Data.Common;

namespace Hpo.Interop.Tables;

/// <summary>Finds a study's trials that are new or may have changed: in the round trip of a change by this process, or in one of its own.</summary>
internal sealed class ChangeQuery
{
    /// <summary>Finds the trials of the study @watched after @seen.</summary>
    public const string NewerText = $"SELECT {TrialHeader.Columns} FROM trials WHERE study_id = @watched AND trial_id > @seen";

    /// <summary><see cref="Parameters"/> where nothing is to be found.</summary>
    public static readonly (string Name, object? Value)[] NoParameters = [("watched", 0L), ("seen", 0L)];

    private readonly TrialScan? _scan;
    private readonly string? _text;
    private readonly long _study;
    private readonly long _seenNumber;
    private long _seen;

    private ChangeQuery(TrialScan? scan, string? text, long study, long seen, long seenNumber)
    {
        _scan = scan;
        _text = text;
        _study = study;
        _seen = seen;
        _seenNumber = seenNumber;
    }

    /// <summary>Whether it is only for trials that nobody has seen yet, which a script answers by itself.</summary>
    public bool IsForNewer => _scan is null;

    /// <summary>Its statements.</summary>
    public string Text => _text ?? NewerText;

    /// <summary>The parameters of those that find newer trials.</summary>
    public (string Name, object? Value)[] Parameters => [("watched", _study), ("seen", _seen)];

    /// <summary>The trials that it found; null where it was not run.</summary>
    public List<TrialHeader>? Found { get; private set; }

    public static ChangeQuery For(TrialScan scan, string text) => new(scan, text, study: 0, seen: 0, seenNumber: 0);

    /// <param name="study">The study's key.</param>
    /// <param name="seen">The key of the last trial that is known.</param>
    /// <param name="seenNumber">Its number.</param>
    public static ChangeQuery ForNewer(long study, long seen, long seenNumber) => new(scan: null, text: null, study, seen, seenNumber);

    /// <summary>Runs it by itself.</summary>
    public List<TrialHeader> Run(TableSession session) => session.Read(
        Text,
        reader =>
        {
            do Take(reader);
            while (reader.NextResult());
            return Found!;
        });

    /// <summary>The trial is the change's own: numbers are dense, so that it may follow the last known one directly.</summary>
    public void Pass(long trial, long number)
    {
        if (number == _seenNumber + 1) _seen = trial;
    }

    /// <summary>Takes the reader's current result if it is this query's.</summary>
    public void Take(DbDataReader reader) => Found = (_scan ?? TrialScan.Select).Headers(reader) ?? Found;

    /// <summary>A script has been run with it, and found nothing newer if it took no rows.</summary>
    public void Conclude()
    {
        if (IsForNewer) Found ??= [];
    }
}
