using Hpo.Interop;

namespace Acme;

/// <summary>Keeps a core busy without allocating.</summary>
[Objective("burn")]
public sealed class Burn(int millionSteps = 10) : IObjective
{
    public ObjectiveValue Evaluate(Trial trial)
    {
        double x = trial.SuggestFloat("x", 0, 1);
        for (long step = 0; step < millionSteps * 1_000_000L; step++) x = 3.9 * x * (1 - x);
        return x;
    }
}

/// <summary>Two trials that can only end together: each waits for the other.</summary>
[Objective("meeting")]
public sealed class Meeting(double limitSeconds = 30) : IObjective, IDisposable
{
    private readonly Barrier _barrier = new(2);

    public ObjectiveValue Evaluate(Trial trial) =>
        _barrier.SignalAndWait(TimeSpan.FromSeconds(limitSeconds)) ? 1 : throw new TimeoutException("nobody came");

    public void Dispose()
    {
        _barrier.Dispose();
        Console.WriteLine("disposed");
    }
}

/// <summary>Uses its trial on threads of its own.</summary>
[Objective("threads")]
public sealed class Threads(int count = 4) : IObjective
{
    public ObjectiveValue Evaluate(Trial trial)
    {
        double sum = 0;
        Lock sumLock = new();
        Parallel.For(0, count, i =>
        {
            double part = trial.SuggestFloat($"x{i}", 0, 1);
            lock (sumLock) sum += part;
        });
        return sum;
    }
}
