using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Hpo.Interop.Bridge;
using Hpo.Interop.HostedByPython;
using Hpo.Tests;

namespace Hpo.Interop.Tests.HostedByPython;

/// <summary>How objectives are found in an assembly, and what is said of those that cannot be used.</summary>
public sealed class ObjectiveAssemblyTests
{
    private static readonly string TestObjectives = Path.Combine(AppContext.BaseDirectory, "TestObjectives.dll");

    [Fact]
    public void Objectives_are_found_by_name_with_the_library_s_own_trial()
    {
        ObjectiveAssembly assembly = ObjectiveAssembly.Load(TestObjectives);

        assembly.Objectives.Select(type => type.Name).Should().BeInAscendingOrder(StringComparer.Ordinal)
            .And.Contain(["Acme.PriceModel", "quadratic"]);
        IObjective objective = assembly.Find("quadratic").Create(new Dictionary<string, PythonValue> { ["target"] = 3 });
        using var trial = new FixedTrial(new Dictionary<string, object?> { ["x"] = 5.0 });
        objective.Evaluate(trial).Values.Should().Equal(4.0);
        objective.GetType().Assembly.Should().NotBeSameAs(typeof(Acme.Quadratic).Assembly, "it has a load context of its own");
    }

    [Fact]
    public void An_assembly_is_loaded_once() =>
        ObjectiveAssembly.Load(TestObjectives).Should().BeSameAs(ObjectiveAssembly.Load(Path.GetRelativePath(".", TestObjectives)));

    [Fact]
    public void An_assembly_for_a_newer_library_is_refused()
    {
        using var folder = new TemporaryFolder();
        string path = Build(folder, new Version(99, 0, 0, 0));

        Action load = () => ObjectiveAssembly.Load(path);

        load.Should().Throw<ObjectiveAssemblyException>().WithMessage("*was built with Hpo.Interop 99.0.0.0, and hpo_dotnet has*");
    }

    [Theory]
    [InlineData(typeof(NoInterface), "*carries [Objective] and is no class that implements IObjective*")]
    [InlineData(typeof(AbstractObjective), "*carries [Objective] and is no class that implements IObjective*")]
    [InlineData(typeof(TwoConstructors), "*has 2 public constructors*")]
    [InlineData(typeof(StrangeSetting), "*The setting 'since' of *StrangeSetting is a System.DateTime, which Python cannot set*")]
    public void A_class_that_cannot_be_an_objective_is_named(Type type, string message)
    {
        Action read = () => ObjectiveType.From(type);
        read.Should().Throw<ObjectiveAssemblyException>().WithMessage(message);
    }

    [Fact]
    public void A_class_without_the_attribute_is_none() => ObjectiveType.From(typeof(ObjectiveAssemblyTests)).Should().BeNull();

    [Fact]
    public void An_exception_of_the_constructor_is_the_user_s_own()
    {
        Action create = () => ObjectiveType.From(typeof(Refusing))!.Create(new Dictionary<string, PythonValue>());
        create.Should().Throw<InvalidOperationException>().WithMessage("no data").Which.StackTrace.Should().Contain(nameof(Refusing));
    }

    [Fact]
    public void An_exclusive_range_is_told_as_one()
    {
        Action create = () => ObjectiveType.From(typeof(Ranged))!
            .Create(new Dictionary<string, PythonValue> { ["rate"] = 0 });
        create.Should().Throw<ObjectiveSettingsException>().WithMessage("*'rate' takes a float above 0 to 1, and got 0 (an int)*");
    }

    [Fact]
    public void Settings_may_stand_together_in_a_record()
    {
        ObjectiveType type = ObjectiveType.From(typeof(WithOptions))!;

        type.Settings.Select(setting => setting.ToString()).Should().Equal("low_rate: float = 0.5", "high_rate: float = 1.0");
        using var trial = new FixedTrial(new Dictionary<string, object?>());
        type.Create(new Dictionary<string, PythonValue> { ["low_rate"] = 0.25 }).Evaluate(trial).Values.Should().Equal(0.75);
    }

    [Fact]
    public void An_argument_exception_of_the_constructor_is_a_fault_of_the_settings()
    {
        Action create = () => ObjectiveType.From(typeof(WithOptions))!
            .Create(new Dictionary<string, PythonValue> { ["low_rate"] = 2 });
        create.Should().Throw<ObjectiveSettingsException>().WithMessage("The objective '*WithOptions' cannot be made: low is above high");
    }

    // An assembly that references this library in some version, and holds nothing.
    private static string Build(TemporaryFolder folder, Version version)
    {
        var builder = new System.Reflection.Emit.PersistedAssemblyBuilder(new AssemblyName("Newer"), typeof(object).Assembly);
        var module = builder.DefineDynamicModule("Newer");
        var reference = new AssemblyName("Hpo.Interop") { Version = version };
        var other = new System.Reflection.Emit.PersistedAssemblyBuilder(reference, typeof(object).Assembly);
        var baseType = other.DefineDynamicModule("Hpo.Interop").DefineType("Hpo.Interop.Base", TypeAttributes.Public);
        baseType.CreateType();
        module.DefineType("Derived", TypeAttributes.Public, baseType).CreateType();
        string path = folder.File("Newer.dll");
        builder.Save(path);
        return path;
    }

    [Objective]
    private sealed class NoInterface;

    [Objective]
    private abstract class AbstractObjective : IObjective
    {
        public abstract ObjectiveValue Evaluate(Trial trial);
    }

    private abstract class Base : IObjective
    {
        public ObjectiveValue Evaluate(Trial trial) => 0;
    }

    [Objective]
    private sealed class TwoConstructors : Base
    {
        public TwoConstructors()
        {
        }

        public TwoConstructors(int setting) => _ = setting;
    }

    [Objective]
    private sealed class StrangeSetting : Base
    {
        public StrangeSetting(DateTime since) => _ = since;
    }

    [Objective]
    private sealed class Refusing : Base
    {
        public Refusing() => throw new InvalidOperationException("no data");
    }

    [Objective]
    private sealed class Ranged : Base
    {
        public Ranged([Range(0.0, 1.0, MinimumIsExclusive = true)] double rate) => _ = rate;
    }

    private sealed record Rates(double LowRate = 0.5, double HighRate = 1);

    [Objective]
    private sealed class WithOptions : IObjective
    {
        private readonly Rates _rates;

        public WithOptions(Rates rates) =>
            _rates = rates.LowRate <= rates.HighRate ? rates : throw new ArgumentException("low is above high");

        public ObjectiveValue Evaluate(Trial trial) => _rates.HighRate - _rates.LowRate;
    }
}
