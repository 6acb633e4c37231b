using System.Diagnostics.CodeAnalysis;
using System.Text;
using Hpo.Interop.Bridge;
using Hpo.Interop.Bridge.PythonNet;
using Hpo.Interop.Glue;
using Python.Runtime;

namespace Hpo.Interop.Storages;

/// <summary>
/// Where studies are kept. Studies that are given the same object share one storage. A URL means the storage that
/// <see cref="FromUrl(string)"/> gives.
/// </summary>
public abstract record Storage
{
    private protected Storage()
    {
    }

    /// <inheritdoc cref="FromUrl(string)"/>
    [return: NotNullIfNotNull(nameof(url))]
    public static implicit operator Storage?(string? url) => url is null ? null : FromUrl(url);

    /// <summary>
    /// The storage at an SQLAlchemy URL, with default options: a <see cref="MySqlStorage"/> for MySQL and MariaDB, an
    /// <see cref="RdbStorage"/> for others. The variable <see cref="WorkerEnvironment.StorageEngineVariable"/>, which a
    /// launcher sets with <c>--storage-engine optuna</c>, makes it an <see cref="RdbStorage"/> in any case.
    /// </summary>
    /// <param name="url">The URL.</param>
    /// <exception cref="FormatException">The URL is malformed, or the variable holds neither native nor optuna.</exception>
    public static Storage FromUrl(string url) => FromUrl(url, WorkerEnvironment.ReadStorageEngine(Environment.GetEnvironmentVariable));

    /// <summary>The storage at an SQLAlchemy URL, worked on by one of the engines.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="engine">Whose code it is.</param>
    /// <exception cref="FormatException">The URL is malformed.</exception>
    public static Storage FromUrl(string url, StorageEngine engine) =>
        engine is StorageEngine.Native && StorageUrl.Parse(url).Dialect is StorageDialect.MySql
            ? new MySqlStorage(url)
            : new RdbStorage(url);

    /// <summary>The Python storage itself, which is opened where no study has done so yet: a new reference, to be used under
    /// <c>Py.GIL()</c>. See docs/pythonnet.md.</summary>
    /// <exception cref="StorageException">The storage failed.</exception>
    /// <exception cref="PythonStartException">pythonnet cannot be used with this Python.</exception>
    public PyObject PythonObject => PythonObjects.Get(StorageHandles.Get(OptunaRuntime.Current.Glue, this).AsHandle());

    /// <summary>The storage of a Python object, as <see cref="FromPythonObject"/> gives it.</summary>
    public static implicit operator Storage(PyObject storage) => FromPythonObject(storage);

    /// <summary>A storage that Python code made.</summary>
    /// <param name="storage">An object of a class below <c>optuna.storages.BaseStorage</c>; the result has a reference of its
    /// own.</param>
    /// <exception cref="ArgumentException">It is of another class.</exception>
    public static Storage FromPythonObject(PyObject storage) => new PythonStorage(PythonObjects.Take(storage, "storages.BaseStorage"));

    /// <summary>Nothing of what all storages have: to print a storage must not open it.</summary>
    protected virtual bool PrintMembers(StringBuilder builder) => false;

    /// <summary>Makes the Python storage.</summary>
    internal abstract PythonValue Open(GlueLibrary glue);
}
