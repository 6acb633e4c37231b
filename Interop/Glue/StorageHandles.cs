using System.Runtime.CompilerServices;
using Hpo.Interop.Bridge;
using Hpo.Interop.Bridge.CApi;
using Hpo.Interop.Storages;

namespace Hpo.Interop.Glue;

/// <summary>One Python storage for each C# storage object, so that studies which share the one share the other.</summary>
internal static class StorageHandles
{
    private static readonly ConditionalWeakTable<Storage, PythonHandle> Handles = [];

    private static readonly GilFreeLock HandlesLock = new();

    public static PythonValue Get(GlueLibrary glue, Storage? storage)
    {
        if (storage is null) return PythonValue.None;
        using (HandlesLock.Enter())
        {
            if (Handles.TryGetValue(storage, out PythonHandle? known)) return known;
            PythonHandle created = storage.Open(glue).AsHandle();
            Handles.Add(storage, created);
            return created;
        }
    }
}
