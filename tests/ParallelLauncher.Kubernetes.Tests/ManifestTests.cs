using System.Reflection;
using System.Text.Json.Nodes;
using Hpo.ParallelLauncher.Backends;
using Hpo.ParallelLauncher.Backends.Kubernetes;
using Hpo.ParallelLauncher.Kubernetes.Tests.Fake;
using k8s;
using k8s.Models;

namespace Hpo.ParallelLauncher.Kubernetes.Tests;

/// <summary>The manifests: as a server took them, and with no secret outside of the Secret.</summary>
public sealed class ManifestTests
{
    private static readonly ClusterJob Job = new()
    {
        Id = "20261127T031632Z-0a1b2c",
        Workers = 4,
        Directory = "/runs/r",
        Agent = ["ParallelLauncher", "agent"],
        AgentPlan = """{"run": "r", "request": {"storage": "mysql://hpo:Pa55word@db/hpo"}, "environment": {"CLOUD_KEY": "abc"}}""",
        Grace = TimeSpan.FromSeconds(10),
        Settings = new Dictionary<string, IReadOnlyList<string>>
        {
            ["image"] = ["registry.example/hpo:1"],
            ["cpus"] = ["1"],
            ["memory"] = ["256Mi"],
            ["ttl"] = ["600"],
        },
    };

    [Theory]
    [InlineData("metadata: {name: mine}", "metadata.name")]
    [InlineData("metadata: {namespace: other}", "metadata.namespace")]
    [InlineData("metadata: null", "metadata.name")]
    [InlineData("metadata: {labels: {hpo/run: null}}", "metadata.labels.hpo/run")]
    [InlineData("spec: {completions: 99}", "spec.completions")]
    public void A_patch_by_which_the_run_would_be_lost_is_refused(string patch, string field) =>
        FluentActions.Invoking(() => JobManifest.Of(KubernetesOptions.Spec(Job) with { Patches = [patch] })).Should().Throw<ApiException>()
            .Which.Message.Should().Contain($"--backend-arg changes {field}").And.Contain("leave it out");

    [Fact]
    public void The_Job_has_the_shape_that_a_server_has_taken()
    {
        JsonObject job = JobManifest.Of(KubernetesOptions.Spec(Job));
        JsonNode recorded = Recorded.Node("job-complete.json");

        foreach (string field in new[] { "completionMode", "completions", "parallelism", "podReplacementPolicy", "podFailurePolicy", "ttlSecondsAfterFinished" })
            JsonNode.DeepEquals(job["spec"]![field], recorded["spec"]![field]).Should().BeTrue($"{field} is {job["spec"]![field]}");
        JsonNode? pod = job["spec"]!["template"]!["spec"], recordedPod = recorded["spec"]!["template"]!["spec"];
        JsonNode.DeepEquals(pod!["restartPolicy"], recordedPod!["restartPolicy"]).Should().BeTrue();
        JsonNode.DeepEquals(pod["containers"]![0]!["resources"], recordedPod["containers"]![0]!["resources"]).Should().BeTrue();
        pod["tolerations"]!.AsArray().Select(one => one!["key"]!.ToString()).Should().Equal(recordedPod["tolerations"]!.AsArray().Select(one => one!["key"]!.ToString()));
        pod["terminationGracePeriodSeconds"]!.GetValue<long>().Should().Be(20);
    }

    [Fact]
    public void Every_field_and_value_is_one_that_the_API_has()
    {
        ClusterJob full = Job with
        {
            Settings = new Dictionary<string, IReadOnlyList<string>>(Job.Settings)
            {
                ["gpus-per-worker"] = ["1"],
                ["service-account"] = ["hpo"],
                ["node-selector"] = ["pool=gpu", "arch=amd64"],
                ["toleration"] = ["gpu", "team=ml:NoSchedule"],
            },
        };

        V1Job job = JobValidation.Read(JobManifest.Of(KubernetesOptions.Spec(full)).ToJsonString());
        _ = KubernetesYaml.Deserialize<V1Job>(full.Yaml().Split("---\n")[1], strict: true);
        _ = KubernetesYaml.Deserialize<V1Secret>(full.Yaml().Split("---\n")[0], strict: true);

        V1PodSpec pod = job.Spec.Template.Spec;
        pod.ServiceAccountName.Should().Be("hpo");
        pod.NodeSelector.Should().Equal(new Dictionary<string, string> { ["pool"] = "gpu", ["arch"] = "amd64" });
        pod.Tolerations.Skip(2).Should().BeEquivalentTo(
            [new { Key = "gpu", OperatorProperty = "Exists", Value = (string?)null, Effect = (string?)null }, new { Key = "team", OperatorProperty = "Equal", Value = (string?)"ml", Effect = (string?)"NoSchedule" }]);
        pod.Containers.Single().Resources.Limits["nvidia.com/gpu"].ToInt32().Should().Be(1);
        pod.Containers.Single().Env.Single(one => one.Name == "OMP_NUM_THREADS").Value.Should().Be("1");
    }

    [Fact]
    public void The_plan_is_in_the_Secret_only_and_may_be_read_by_its_owner_only()
    {
        JobSpec spec = KubernetesOptions.Spec(Job);

        V1Secret secret = KubernetesJson.Deserialize<V1Secret>(SecretManifest.Of(spec, "uid-1"));
        secret.StringData.Should().Equal(new Dictionary<string, string> { ["agent.json"] = Job.AgentPlan });
        secret.Metadata.OwnerReferences.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Kind = "Job", Name = spec.Name, Uid = "uid-1" });
        string job = JobManifest.Of(spec).ToJsonString();
        job.Should().NotContain("Pa55word").And.NotContain("CLOUD_KEY");
        V1Volume volume = KubernetesJson.Deserialize<V1Job>(job).Spec.Template.Spec.Volumes.Single();
        volume.Secret.SecretName.Should().Be(secret.Metadata.Name);
        Convert.ToString(volume.Secret.DefaultMode!.Value, 8).Should().Be("400");
    }

    [Fact]
    public void What_a_dry_run_shows_can_be_applied_and_has_no_secrets()
    {
        string text = Job.Yaml();

        text.Should().Contain("mysql://hpo:***@db/hpo").And.NotContain("Pa55word").And.NotContain("CLOUD_KEY");
        text.Should().StartWith("# ").And.Contain("\napiVersion: v1\nkind: Secret\n").And.Contain("---\napiVersion: batch/v1\nkind: Job\n");
        V1Job job = KubernetesYaml.Deserialize<V1Job>(text.Split("---\n")[1], strict: true);
        JsonNode.DeepEquals(JsonNode.Parse(KubernetesJson.Serialize(job)), JobManifest.Of(KubernetesOptions.Spec(Job))).Should().BeTrue();
    }

    [Fact]
    public void A_patch_changes_what_it_names_and_nothing_else()
    {
        JsonObject plain = JobManifest.Of(KubernetesOptions.Spec(Job));
        JsonObject patched = JobManifest.Of(KubernetesOptions.Spec(Job) with
        {
            Patches =
            [
                """{"spec": {"template": {"spec": {"priorityClassName": "low", "securityContext": null}}}}""",
                """
                spec:
                  backoffLimitPerIndex: 7
                  template:
                    spec:
                      containers:
                      - name: worker
                        volumeMounts: [{name: data, mountPath: /data}]
                      - name: proxy
                        image: "proxy:1"
                      volumes:
                      - name: data
                        persistentVolumeClaim: {claimName: data}
                """,
            ],
        });

        JsonNode pod = patched["spec"]!["template"]!["spec"]!;
        pod["priorityClassName"]!.ToString().Should().Be("low");
        pod["securityContext"].Should().BeNull();
        patched["spec"]!["backoffLimitPerIndex"]!.GetValue<long>().Should().Be(7);
        pod["containers"]!.AsArray().Select(one => one!["name"]!.ToString()).Should().Equal("worker", "proxy");
        pod["containers"]![0]!["volumeMounts"]!.AsArray().Select(one => one!["mountPath"]!.ToString()).Should().Equal("/hpo", "/data");
        pod["volumes"]!.AsArray().Should().HaveCount(2);
        JsonNode.DeepEquals(pod["containers"]![0]!["command"], plain["spec"]!["template"]!["spec"]!["containers"]![0]!["command"]).Should().BeTrue();
        JobValidation.Read(patched.ToJsonString()).Spec.BackoffLimitPerIndex.Should().Be(7);
    }

    [Theory]
    [InlineData("20261127T031632Z-0a1b2c", "hpo-20261127t031632z-0a1b2c")]
    [InlineData("my_Run.2", "hpo-my-run-2")]
    [InlineData("a-very-long-name-of-a-run-that-was-given-by-hand-20261127T031632Z-0a1b2c", "hpo-that-was-given-by-hand-20261127t031632z-0a1b2c")]
    public void A_runs_Job_has_a_name_that_hosts_may_have(string run, string name)
    {
        JobName.Of(run).Should().Be(name);
        $"{name}-99999-abcde".Length.Should().BeLessThanOrEqualTo(63);
    }

    [Theory]
    [InlineData("yes", "\"yes\"")]
    [InlineData("1", "\"1\"")]
    [InlineData("true", "\"true\"")]
    [InlineData("True", "\"True\"")]
    [InlineData("NULL", "\"NULL\"")]
    [InlineData("0.5", "\"0.5\"")]
    [InlineData("a: b", "'a: b'")]
    [InlineData("plain words", "plain words")]
    public void A_text_stays_a_text_in_YAML(string text, string written)
    {
        string yaml = Yaml.Write(new JsonObject { ["value"] = text });

        yaml.Should().Be($"value: {written}\n");
        Yaml.Read(yaml)!["value"]!.GetValue<string>().Should().Be(text);
    }
}

file static class Shown
{
    public static string Yaml(this ClusterJob job) => new KubernetesBackend().Manifest(job);
}

/// <summary>What a Kubernetes 1.36 server has answered.</summary>
internal static class Recorded
{
    public static JsonNode Node(string name)
    {
        using Stream file = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        return JsonNode.Parse(file)!;
    }

    public static T Read<T>(string name) => KubernetesJson.Deserialize<T>(Node(name));
}
