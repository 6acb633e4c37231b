namespace Hpo.Tests;

/// <summary>
/// Tests that go through many cases of one kind take a sample of them; <c>scripts/test --long</c>, which sets HPO_TEST_LONG=1, has them
/// take more.
/// </summary>
internal static class LongTests
{
    public static readonly bool AreAsked = Environment.GetEnvironmentVariable("HPO_TEST_LONG") == "1";
}
