using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hpo.Interop.Sampling;

/// <summary>The natural logarithm of several numbers at once.</summary>
internal static class Logarithm
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Replace(Span<double> numbers)
    {
        int i = 0;
        for (; i <= numbers.Length - Vector<double>.Count; i += Vector<double>.Count)
            Vector.Log(new Vector<double>(numbers[i..])).CopyTo(numbers[i..]);
        for (; i < numbers.Length; i++) numbers[i] = Math.Log(numbers[i]);
    }
}
