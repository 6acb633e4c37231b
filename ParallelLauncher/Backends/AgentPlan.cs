using System.Text.Json;
using System.Text.Json.Serialization;
using Hpo.Interop;
using Hpo.ParallelLauncher.Plan;

namespace Hpo.ParallelLauncher.Backends;

/// <summary>
/// What an agent needs to run a worker on another host. It holds the storage's password and the launcher's environment: a file of
/// mode 0600, or the engine's own kind of secret.
/// </summary>
internal sealed record AgentPlan
{
    /// <summary>The starts of a task's attempt are numbered from so many times the attempt on: those of a host that is cut off are not
    /// counted twice.</summary>
    public const int StartsPerAttempt = 1024;

    /// <summary>What was asked for, with the storage's URL whole.</summary>
    public required LaunchRequest Request { get; init; }

    /// <summary>The worker, or null where the agent looks for the one that was asked for, on its own host.</summary>
    public WorkerCommand? Worker { get; init; }

    public IReadOnlyList<string> WorkerArguments { get; init; } = [];
    public required string Run { get; init; }

    /// <summary>The run's folder, where the hosts share it; else null, and the agent writes all to its own output.</summary>
    public string? Directory { get; init; }

    /// <summary>The worker's working directory, or null for the one in which the agent starts.</summary>
    public string? WorkingDirectory { get; init; }

    public string? Python { get; init; }
    public bool OptunaWritesUtc { get; init; }

    /// <summary>When the run's time limit is over, or null.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The launcher's variables; those that the host has already stay as they are there.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The command by which a task asks its engine to be started anew, or null; a variable's name in braces stands for its value.</summary>
    public IReadOnlyList<string> Requeue { get; init; } = [];

    /// <summary>Whether a task that its time limit has ended is started anew while trials are left.</summary>
    public bool Resubmits { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, AgentJson.Default.AgentPlan);

    /// <summary>The plan of a file.</summary>
    /// <exception cref="LaunchException">The file is not there, or not one of the launcher's.</exception>
    public static AgentPlan Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(file), AgentJson.Default.AgentPlan) ?? throw new JsonException("it is empty");
        }
        catch (Exception error) when (error is JsonException || FileErrors.Is(error))
        {
            throw new LaunchException(
                $"The agents' plan {file} cannot be read: {error.Message} All hosts have to share its folder; if it is gone, launch anew.",
                WorkerExitCode.Environment);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(AgentPlan))]
[JsonSerializable(typeof(AgentStatus))]
internal sealed partial class AgentJson : JsonSerializerContext;
