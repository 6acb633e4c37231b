using System.Globalization;

namespace Hpo.Interop.Tests.Oracle;

/// <summary>The studies of matrix.py.</summary>
public sealed class MatrixOracle() : StudyOracle("matrix.py", Trials.ToString(CultureInfo.InvariantCulture))
{
    public const int Trials = 50;
}
