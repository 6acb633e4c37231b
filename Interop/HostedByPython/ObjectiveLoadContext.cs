using System.Reflection;
using System.Runtime.Loader;

namespace Hpo.Interop.HostedByPython;

/// <summary>
/// Loads an assembly with its own dependencies, but with this very library: an objective's <see cref="Trial"/> has to
/// be the one that the host hands out.
/// </summary>
internal sealed class ObjectiveLoadContext(string assembly) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(assembly))
{
    // What the public API of this library is made of. pythonnet's assembly is loaded only where an objective asks for it.
    private static readonly string[] Shared = ["Hpo.Interop", "Microsoft.Extensions.Logging.Abstractions", "Python.Runtime"];

    private static readonly AssemblyLoadContext OwnContext = GetLoadContext(typeof(Trial).Assembly)!;

    private readonly AssemblyDependencyResolver _resolver = new(assembly);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (Shared.Contains(assemblyName.Name)) return OwnContext.LoadFromAssemblyName(new AssemblyName(assemblyName.Name!));
        return _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        TorchGuard.BeforeLoading(unmanagedDllName);
        if (_resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is not { } path) return 0;
        try
        {
            return LoadUnmanagedDllFromPath(path);
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
        {
            return 0; // a listener of ResolvingUnmanagedDll may know another file
        }
    }
}
