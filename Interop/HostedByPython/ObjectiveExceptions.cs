namespace Hpo.Interop.HostedByPython;

/// <summary>A file is no assembly with objectives. Python: <c>hpo_dotnet.AssemblyError</c>.</summary>
internal sealed class ObjectiveAssemblyException(string message, Exception? cause = null) : OptunaException(message, cause);

/// <summary>An assembly has no objective of that name. Python: <c>hpo_dotnet.UnknownObjectiveError</c>.</summary>
internal sealed class UnknownObjectiveException(string message) : OptunaException(message);

/// <summary>Settings do not fit their objective. Python: <c>hpo_dotnet.SettingsError</c>.</summary>
internal sealed class ObjectiveSettingsException(string message, Exception? cause = null) : OptunaException(message, cause);

/// <summary>Python's torch and TorchSharp would meet in this process. Python: <c>hpo_dotnet.TorchConflictError</c>.</summary>
internal sealed class TorchConflictException(string message) : OptunaException(message);
