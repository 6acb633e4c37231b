using System.Collections.Concurrent;
using System.Reflection;

namespace Hpo.Interop.HostedByPython;

/// <summary>An assembly and the objectives in it.</summary>
internal sealed class ObjectiveAssembly
{
    private static readonly ConcurrentDictionary<string, ObjectiveAssembly> Loaded = new();

    private readonly string _path;

    private ObjectiveAssembly(string path, IReadOnlyList<ObjectiveType> objectives) => (_path, Objectives) = (path, objectives);

    /// <summary>Its objectives, by name.</summary>
    public IReadOnlyList<ObjectiveType> Objectives { get; }

    /// <summary>Loads an assembly, once a process.</summary>
    /// <exception cref="ObjectiveAssemblyException">The file is no assembly with objectives.</exception>
    public static ObjectiveAssembly Load(string path)
    {
        path = Path.GetFullPath(path);
        return Loaded.TryGetValue(path, out ObjectiveAssembly? known) ? known : Loaded.GetOrAdd(path, Read(path));
    }

    /// <exception cref="UnknownObjectiveException">There is none; the message lists those that there are.</exception>
    public ObjectiveType Find(string name) =>
        Objectives.FirstOrDefault(objective => objective.Name == name)
        ?? throw new UnknownObjectiveException(
            $"{_path} has no objective '{name}'. It has: {string.Join(", ", Objectives.Select(objective => objective.Name))}.");

    private static ObjectiveAssembly Read(string path)
    {
        if (!File.Exists(path)) throw new ObjectiveAssemblyException($"{path} does not exist. Build the project first.");
        Assembly assembly = LoadFile(path);
        CheckReference(path, assembly);
        ObjectiveType[] objectives =
            [.. Types(assembly).Select(ObjectiveType.From).OfType<ObjectiveType>().OrderBy(type => type.Name, StringComparer.Ordinal)];
        if (objectives.Length == 0)
        {
            throw new ObjectiveAssemblyException(
                $"{path} has no objectives. One is a class that implements {nameof(IObjective)} and carries an [Objective] attribute.");
        }
        if (objectives.GroupBy(type => type.Name).FirstOrDefault(group => group.Count() > 1) is { } twins)
        {
            throw new ObjectiveAssemblyException(
                $"{path} has {twins.Count()} objectives of the name '{twins.Key}': {string.Join(", ", twins.Select(type => type.TypeName))}.");
        }
        return new ObjectiveAssembly(path, objectives);
    }

    private static Assembly LoadFile(string path)
    {
        try
        {
            // Reads the name first: a file of another type must not leave a load context behind.
            AssemblyName.GetAssemblyName(path);
            return new ObjectiveLoadContext(path).LoadFromAssemblyPath(path);
        }
        catch (Exception exception) when (exception is BadImageFormatException or IOException or UnauthorizedAccessException)
        {
            throw new ObjectiveAssemblyException(
                $"{path} is no .NET assembly that can be loaded here: {exception.Message}", exception);
        }
        catch (InvalidOperationException exception)
        {
            // AssemblyDependencyResolver, of a deps.json that it cannot read.
            throw new ObjectiveAssemblyException($"The dependencies of {path} cannot be read: {exception.Message}", exception);
        }
    }

    private static void CheckReference(string path, Assembly assembly)
    {
        AssemblyName own = typeof(IObjective).Assembly.GetName();
        AssemblyName reference = assembly.GetReferencedAssemblies().FirstOrDefault(name => name.Name == own.Name)
            ?? throw new ObjectiveAssemblyException(
                $"{path} has no objectives: it does not reference {own.Name}, which has the interface {nameof(IObjective)}.");
        if (reference.Version > own.Version)
        {
            throw new ObjectiveAssemblyException(
                $"{path} was built with {own.Name} {reference.Version}, and hpo_dotnet has {own.Version}: install the newer hpo_dotnet.");
        }
    }

    // A type that lacks a dependency must not hide the others.
    private static IEnumerable<Type> Types(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            return exception.Types.OfType<Type>();
        }
    }
}
