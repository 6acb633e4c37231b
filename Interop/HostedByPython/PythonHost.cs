using System.Runtime.InteropServices;
using System.Text;
using Hpo.Interop.Bridge;
using Hpo.Interop.Glue;

namespace Hpo.Interop.HostedByPython;

/// <summary>The way in for a Python process that hosts .NET: the package <c>hpo_dotnet</c> calls <see cref="Connect"/>.</summary>
internal static unsafe class PythonHost
{
    private const int Connected = 0;
    private const int Failed = 1;

    /// <summary>
    /// Attaches to the Python that runs in this process and hands it the host's functions. Has the signature that
    /// hostfxr's default delegate and clr_loader call; the caller does not hold the GIL.
    /// </summary>
    /// <param name="arguments">A <see cref="ConnectArguments"/>.</param>
    /// <param name="size">Its size in bytes.</param>
    /// <returns>0, or another number with the reason in the buffer.</returns>
    public static int Connect(nint arguments, int size)
    {
        var request = (ConnectArguments*)arguments;
        try
        {
            if (size != sizeof(ConnectArguments))
                throw new InvalidOperationException("The Python package hpo_dotnet and this Hpo.Interop are of different versions.");
            PythonBridge bridge = PythonBridge.Attach(request->PythonLibrary, request->HostErrorType);
            using PythonHandle connect = PythonBridge.Borrow(request->Connect);
            PythonValue[] python = bridge.Call(connect, Functions(bridge)).AsList();
            OptunaRuntime.Attach(bridge, new PythonInstallation(
                python[0].AsString(), "", python[1].AsString(), python[2].AsString(), "the process that hosts .NET"));
            TorchGuard.Use(TorchGuard.Claim(bridge, python[3].AsHandle()));
            return Connected;
        }
        catch (Exception exception)
        {
            Write(exception.Message, request);
            return Failed;
        }
    }

    private static PythonValue Functions(PythonBridge bridge) => new OrderedDictionary<string, PythonValue>
    {
        ["describe"] = bridge.CreateCallback(arguments =>
            PythonValue.List(ObjectiveAssembly.Load(arguments[0].AsString()).Objectives, type => type.Describe())),
        ["create"] = bridge.CreateCallback(arguments => Create(bridge, arguments)),
        ["mysql_storage"] = bridge.CreateCallback(arguments => MySqlStorageFunctions.Create(bridge, MySqlStorageFunctions.MySqlUrl(arguments[0].AsString()))),
        ["interrupt"] = bridge.CreateCallback(_ => Interruption.CancelRunning()),
    };

    // (assembly, name, settings) → [a function that evaluates trials, a function that disposes the objective or None]
    private static PythonValue Create(PythonBridge bridge, ReadOnlySpan<PythonValue> arguments)
    {
        ObjectiveType type = ObjectiveAssembly.Load(arguments[0].AsString()).Find(arguments[1].AsString());
        IObjective objective = Guarded(type, arguments[2].AsMap());
        PythonHandle? dispose = objective is IDisposable disposable ? bridge.CreateCallback(_ => disposable.Dispose()) : null;
        var hosted = new HostedObjective(OptunaRuntime.Current.Glue, objective);
        return new PythonValue[] { bridge.CreateCallback(hosted.Evaluate), dispose };
    }

    private static IObjective Guarded(ObjectiveType type, OrderedDictionary<string, PythonValue> settings)
    {
        try
        {
            return type.Create(settings);
        }
        catch (Exception exception) when (TorchGuard.Refusal is { } refusal && exception is not ObjectiveSettingsException)
        {
            throw new TorchConflictException(refusal);
        }
    }

    private static void Write(string message, ConnectArguments* request)
    {
        Encoding.UTF8.TryGetBytes(message, new Span<byte>(request->Message, checked((int)request->MessageSize) - 1), out int written);
        request->Message[written] = 0;
    }

    /// <summary>What the Python side hands over. Its own definition is in <c>hpo_dotnet/_host.py</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct ConnectArguments
    {
        /// <summary>The loader's handle of what holds Python: <c>ctypes.pythonapi._handle</c>.</summary>
        public nint PythonLibrary;

        /// <summary>A function that takes the host's functions and gives facts about the interpreter.</summary>
        public nint Connect;

        /// <summary>The class of C# exceptions in Python.</summary>
        public nint HostErrorType;

        /// <summary>Where the reason of a failure goes, in UTF-8.</summary>
        public byte* Message;

        public nint MessageSize;
    }
}
