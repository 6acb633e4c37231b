using Hpo.Interop.Bridge;
using Hpo.Interop.Glue;
using Hpo.Interop.Storages;

namespace Hpo.Interop;

public sealed partial class Study
{
    /// <summary>Deletes a study with all its trials.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="storage">Where it is kept.</param>
    /// <exception cref="StudyNotFoundException">The storage has no study of that name.</exception>
    /// <exception cref="StorageException">The storage failed.</exception>
    public static void Delete(string name, Storage storage)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(storage);
        GlueLibrary glue = OptunaRuntime.Current.Glue;
        Existing(name, storage, handle => glue.Studies.Call("delete_study", name, handle));
    }

    /// <summary>The names of all studies of a storage.</summary>
    /// <exception cref="StorageException">The storage failed.</exception>
    public static IReadOnlyList<string> GetAllStudyNames(Storage storage)
    {
        ArgumentNullException.ThrowIfNull(storage);
        GlueLibrary glue = OptunaRuntime.Current.Glue;
        return Array.ConvertAll(
            glue.Studies.Call("study_names", StorageHandles.Get(glue, storage)).AsList(), name => name.AsString());
    }

    /// <summary>What is known of each study of a storage, in one read.</summary>
    /// <param name="storage">The storage.</param>
    /// <param name="includeBestTrial">Whether <see cref="StudySummary.BestTrial"/> is read. Default true.</param>
    /// <exception cref="StorageException">The storage failed.</exception>
    public static IReadOnlyList<StudySummary> GetAllStudySummaries(Storage storage, bool includeBestTrial = true)
    {
        ArgumentNullException.ThrowIfNull(storage);
        GlueLibrary glue = OptunaRuntime.Current.Glue;
        PythonValue summaries = glue.Studies.Call("study_summaries", StorageHandles.Get(glue, storage), includeBestTrial);
        return Array.ConvertAll(summaries.AsList(), StudySummary.FromPython);
    }

    /// <summary>Copies a study with all its trials into another storage, or under another name.</summary>
    /// <param name="fromStudyName">The study's name.</param>
    /// <param name="fromStorage">Where it is kept.</param>
    /// <param name="toStorage">Where the copy is kept.</param>
    /// <param name="toStudyName">The copy's name; null (the default) for the same one.</param>
    /// <exception cref="StudyNotFoundException">The storage has no study of that name.</exception>
    /// <exception cref="DuplicatedStudyException">The other storage has a study of that name already.</exception>
    /// <exception cref="StorageException">A storage failed.</exception>
    public static void Copy(string fromStudyName, Storage fromStorage, Storage toStorage, string? toStudyName = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(fromStudyName);
        ArgumentNullException.ThrowIfNull(fromStorage);
        ArgumentNullException.ThrowIfNull(toStorage);
        GlueLibrary glue = OptunaRuntime.Current.Glue;
        try
        {
            Existing(fromStudyName, fromStorage, handle => glue.Studies.Call(
                "copy_study", fromStudyName, handle, StorageHandles.Get(glue, toStorage), toStudyName));
        }
        catch (PythonCallException exception) when (OptunaErrors.IsDuplicatedStudy(exception))
        {
            throw new DuplicatedStudyException(exception.Error, toStudyName ?? fromStudyName);
        }
    }

    // Optuna reports an unknown study with a KeyError; a real one names the studies that exist.
    private static T Existing<T>(string name, Storage storage, Func<PythonValue, T> use)
    {
        GlueLibrary glue = OptunaRuntime.Current.Glue;
        try
        {
            return use(StorageHandles.Get(glue, storage));
        }
        catch (PythonCallException exception) when (exception.PythonType == "KeyError")
        {
            throw new StudyNotFoundException(name, GetAllStudyNames(storage));
        }
    }
}
