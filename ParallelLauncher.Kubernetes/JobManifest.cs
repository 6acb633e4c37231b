using System.Globalization;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace Hpo.ParallelLauncher.Kubernetes;

/// <summary>A run as an Indexed Job: one pod a worker, each of which runs the agent.</summary>
internal static class JobManifest
{
    public const string Container = "worker";
    public const string RunLabel = "hpo/run";

    /// <summary>Says of a suspended Job that its run was stopped: queues like Kueue suspend Jobs too, before they start.</summary>
    public const string StoppedAnnotation = "hpo/stopped";

    public const string PlanFolder = "/hpo";
    public const string PlanFile = "agent.json";

    /// <summary>Starts of a pod that fail before its index is given up: the agent starts a worker anew itself, so what comes here is the
    /// end of an agent.</summary>
    private const int Retries = 3;

    /// <summary>Between the agent's own grace and the kubelet's SIGKILL.</summary>
    private const int GraceMargin = 10;

    /// <summary>How long a node may be out of contact. The default of 300 s would hide a lost node as long.</summary>
    private const int LostNodeSeconds = 30;

    // WorkerExitCode.Usage and .Environment: a new pod cannot fix them.
    private static readonly int[] LastingExitCodes = [2, 4];

    // The launcher finds the run and its workers by these.
    private static readonly string[][] Own =
        [["metadata", "name"], ["metadata", "namespace"], ["metadata", "labels", RunLabel], ["spec", "completions"], ["spec", "completionMode"]];

    /// <summary>The Job with the patches applied.</summary>
    /// <exception cref="ApiException">A setting or a patch is wrong.</exception>
    public static JsonObject Of(JobSpec spec)
    {
        JsonObject job = JsonNode.Parse(KubernetesJson.Serialize(Model(spec)))!.AsObject();
        JsonNode own = job.DeepClone();
        foreach (string patch in spec.Patches) ManifestPatch.Apply(job, patch);
        if (Own.FirstOrDefault(path => !JsonNode.DeepEquals(At(own, path), At(job, path))) is { } changed)
        {
            throw new ApiException(ApiFault.Usage,
                $"--backend-arg changes {string.Join('.', changed)}, by which the launcher finds the run: leave it out. (--num_parallel, --namespace)");
        }

        return job;
    }

    private static JsonNode? At(JsonNode job, IEnumerable<string> path) =>
        path.Aggregate((JsonNode?)job, (node, name) => (node as JsonObject)?[name]);

    /// <summary>What is known of the run's objects by their labels.</summary>
    public static Dictionary<string, string> Labels(JobSpec spec) => new()
    {
        ["app.kubernetes.io/managed-by"] = "hpo",
        [RunLabel] = spec.Name,
    };

    private static V1Job Model(JobSpec spec) => new()
    {
        ApiVersion = "batch/v1",
        Kind = "Job",
        Metadata = new V1ObjectMeta { Name = spec.Name, Labels = Labels(spec) },
        Spec = new V1JobSpec
        {
            CompletionMode = "Indexed",
            Completions = spec.Workers,
            Parallelism = spec.Parallelism,
            BackoffLimitPerIndex = Retries,
            PodReplacementPolicy = "Failed",
            PodFailurePolicy = new V1PodFailurePolicy
            {
                Rules =
                [
                    new V1PodFailurePolicyRule
                    {
                        Action = "FailIndex",
                        OnExitCodes = new V1PodFailurePolicyOnExitCodesRequirement
                        {
                            ContainerName = Container,
                            OperatorProperty = "In",
                            Values = LastingExitCodes,
                        },
                    },
                    // Evictions and lost nodes are no failures of the worker.
                    new V1PodFailurePolicyRule
                    {
                        Action = "Ignore",
                        OnPodConditions = [new V1PodFailurePolicyOnPodConditionsPattern { Type = "DisruptionTarget", Status = "True" }],
                    },
                ],
            },
            TtlSecondsAfterFinished = (int)spec.TimeToLive.TotalSeconds,
            Template = new V1PodTemplateSpec
            {
                Metadata = new V1ObjectMeta { Labels = Labels(spec) },
                Spec = Pod(spec),
            },
        },
    };

    private static V1PodSpec Pod(JobSpec spec) => new()
    {
        RestartPolicy = "Never",
        TerminationGracePeriodSeconds = (long)Math.Ceiling(spec.Grace.TotalSeconds) + GraceMargin,
        ServiceAccountName = spec.ServiceAccount,
        // A worker needs no login at the cluster, unless it was given an account of its own.
        AutomountServiceAccountToken = spec.ServiceAccount is null ? false : null,
        EnableServiceLinks = false,
        NodeSelector = spec.NodeSelector.Count == 0 ? null : new Dictionary<string, string>(spec.NodeSelector),
        Tolerations =
        [
            Lost("node.kubernetes.io/unreachable"),
            Lost("node.kubernetes.io/not-ready"),
            .. spec.Tolerations.Select(Tolerated),
        ],
        SecurityContext = new V1PodSecurityContext
        {
            // The plan's file belongs to root and this group: an image with a user of its own can read it too.
            FsGroup = 1000,
            SeccompProfile = new V1SeccompProfile { Type = "RuntimeDefault" },
        },
        Containers = [Worker(spec)],
        Volumes =
        [
            new V1Volume { Name = "plan", Secret = new V1SecretVolumeSource { SecretName = spec.Name, DefaultMode = Convert.ToInt32("400", 8) } },
        ],
    };

    private static V1Container Worker(JobSpec spec) => new()
    {
        Name = Container,
        Image = spec.Image,
        Command =
        [
            "ParallelLauncher", "agent", "--plan", $"{PlanFolder}/{PlanFile}", "--index-variable", "JOB_COMPLETION_INDEX",
            "--attempt-variable", "HPO_FAILED_BEFORE", "--attempt-variable", "HPO_IGNORED_BEFORE",
        ],
        Env =
        [
            FromAnnotation("HPO_FAILED_BEFORE", JobLabels.Failures),
            FromAnnotation("HPO_IGNORED_BEFORE", JobLabels.IgnoredFailures),
            .. Threads(spec),
        ],
        Resources = Resources(spec),
        VolumeMounts = [new V1VolumeMount { Name = "plan", MountPath = PlanFolder, ReadOnlyProperty = true }],
        // The last lines of a worker that fails are part of its pod's status, where they say why.
        TerminationMessagePolicy = "FallbackToLogsOnError",
        SecurityContext = new V1SecurityContext
        {
            AllowPrivilegeEscalation = false,
            Capabilities = new V1Capabilities { Drop = ["ALL"] },
        },
    };

    private static V1EnvVar FromAnnotation(string name, string annotation) => new()
    {
        Name = name,
        ValueFrom = new V1EnvVarSource { FieldRef = new V1ObjectFieldSelector { FieldPath = $"metadata.annotations['{annotation}']" } },
    };

    // A pod sees all cores of its node: libraries would start a thread for each.
    private static IEnumerable<V1EnvVar> Threads(JobSpec spec) => spec.Cpus is null ? [] :
    [
        new V1EnvVar { Name = "OMP_NUM_THREADS", Value = Math.Max(1, (int)Quantity("--cpus", spec.Cpus).ToDecimal()).ToString(CultureInfo.InvariantCulture) },
    ];

    // No limit of processor time: where a node has some left, the worker gets it.
    private static V1ResourceRequirements? Resources(JobSpec spec)
    {
        var requests = new Dictionary<string, ResourceQuantity>();
        var limits = new Dictionary<string, ResourceQuantity>();
        if (spec.Cpus is not null) requests["cpu"] = Quantity("--cpus", spec.Cpus);
        if (spec.Memory is not null) requests["memory"] = limits["memory"] = Quantity("--memory", spec.Memory);
        if (spec.Gpus > 0) limits["nvidia.com/gpu"] = new ResourceQuantity(spec.Gpus.ToString(CultureInfo.InvariantCulture));
        return requests.Count + limits.Count == 0 ? null : new V1ResourceRequirements
        {
            Requests = requests.Count == 0 ? null : requests,
            Limits = limits.Count == 0 ? null : limits,
        };
    }

    private static ResourceQuantity Quantity(string option, string text)
    {
        try
        {
            var quantity = new ResourceQuantity(text);
            _ = quantity.ToDecimal();
            return quantity;
        }
        catch (Exception error) when (error is FormatException or ArgumentException or OverflowException)
        {
            throw new ApiException(ApiFault.Usage, $"{option} {text} is no quantity: for example 2, 500m or 4Gi.");
        }
    }

    private static V1Toleration Lost(string taint) => new()
    {
        Key = taint,
        OperatorProperty = "Exists",
        Effect = "NoExecute",
        TolerationSeconds = LostNodeSeconds,
    };

    private static V1Toleration Tolerated(string taint)
    {
        string[] parts = taint.Split(':', 2);
        string[] pair = parts[0].Split('=', 2);
        return new V1Toleration
        {
            Key = pair[0],
            OperatorProperty = pair.Length > 1 ? "Equal" : "Exists",
            Value = pair.Length > 1 ? pair[1] : null,
            Effect = parts.Length > 1 ? parts[1] : null,
        };
    }
}
