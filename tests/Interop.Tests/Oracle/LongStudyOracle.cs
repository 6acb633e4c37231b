namespace Hpo.Interop.Tests.Oracle;

/// <summary>The studies of long_studies.py.</summary>
public sealed class LongStudyOracle() : StudyOracle("long_studies.py");
