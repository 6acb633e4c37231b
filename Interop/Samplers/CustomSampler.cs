using Hpo.Interop.Bridge;
using Hpo.Interop.Glue;

namespace Hpo.Interop.Samplers;

/// <summary>Lets a study, or another sampler, use a sampler written in C#.</summary>
/// <param name="Implementation">The sampler. Studies that are given the same object share it.</param>
public sealed record CustomSampler(ISampler Implementation) : Sampler
{
    internal override string ClassName => nameof(CustomSampler);

    internal override PythonValue Build(GlueLibrary glue)
    {
        var callbacks = new OrderedDictionary<string, PythonValue>
        {
            ["infer_relative_search_space"] = On(glue, (study, trial, _) =>
                FrozenTrials.ToPython(Implementation.InferRelativeSearchSpace(study, trial))),
            ["sample_relative"] = On(glue, (study, trial, values) =>
                Objects.ToPython(Implementation.SampleRelative(study, trial, FrozenTrials.Distributions(values[0])))),
            ["sample_independent"] = On(glue, (study, trial, values) => Objects.ToPython(Implementation.SampleIndependent(
                study, trial, values[0].AsString(), FrozenTrials.Distribution(values[1].AsMap())))),
            ["before_trial"] = On(glue, (study, trial, _) =>
            {
                Implementation.BeforeTrial(study, trial);
                return PythonValue.None;
            }),
            ["after_trial"] = On(glue, (study, trial, values) =>
            {
                Implementation.AfterTrial(
                    study, trial, TrialStates.Parse(values[0].AsString()), FrozenTrials.Values(values[1]));
                return PythonValue.None;
            }),
            ["reseed_rng"] = glue.Bridge.CreateCallback(_ =>
            {
                Implementation.ReseedRng();
                return PythonValue.None;
            }),
        };
        return glue.Custom.Call("sampler", callbacks);
    }

    private static PythonHandle On(GlueLibrary glue, Func<Study, FrozenTrial, PythonValue[], PythonValue> method) =>
        glue.Bridge.CreateCallback(arguments =>
        {
            using var study = new Study(glue, arguments[0].AsHandle());
            return method(study, FrozenTrials.FromPython(arguments[1]), arguments[2..].ToArray());
        });
}
