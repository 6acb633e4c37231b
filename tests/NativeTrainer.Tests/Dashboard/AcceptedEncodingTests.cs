using Hpo.Interop.Reporting.Dashboard;
using Microsoft.Extensions.Primitives;

namespace Hpo.NativeTrainer.Tests.Dashboard;

public sealed class AcceptedEncodingTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(false, "")]
    [InlineData(false, "identity")]
    [InlineData(false, "br, deflate")]
    [InlineData(false, "gzip;q=0")]
    [InlineData(false, "*;q=0")]
    [InlineData(false, "gzip;q=0, *")]
    [InlineData(false, "identity, gzip;q=0.5")]
    [InlineData(false, "gzip;q=one")]
    [InlineData(true, "gzip")]
    [InlineData(true, "GZIP")]
    [InlineData(true, "gzip, deflate, br, zstd")]
    [InlineData(true, "br", "gzip;q=0.001")]
    [InlineData(true, "*")]
    [InlineData(true, "identity;q=0.5, *;q=0.5")]
    [InlineData(true, "identity;q=0, gzip;q=0.1")]
    public void Gzip_is_sent_to_those_who_ask_for_it(bool isGzip, params string[] header) =>
        AcceptedEncoding.IsGzip(new StringValues(header)).Should().Be(isGzip);
}
