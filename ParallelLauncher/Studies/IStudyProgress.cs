namespace Hpo.ParallelLauncher.Studies;

/// <summary>Reads how far a study is, without Python.</summary>
internal interface IStudyProgress : IAsyncDisposable
{
    /// <summary>The study's state, or null while it does not exist.</summary>
    /// <exception cref="System.Data.Common.DbException">The database does not answer; the next call connects again.</exception>
    Task<StudySnapshot?> ReadAsync(CancellationToken cancellationToken);
}
