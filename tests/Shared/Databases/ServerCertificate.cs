using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Hpo.Tests;

/// <summary>A certificate for 127.0.0.1, which is its own authority, in files that a server reads.</summary>
internal sealed record ServerCertificate(string CertificateFile, string KeyFile)
{
    public IReadOnlyList<string> Options => [$"--ssl-cert={CertificateFile}", $"--ssl-key={KeyFile}"];

    public static ServerCertificate Write(TemporaryFolder folder)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 certificate =
            request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return new ServerCertificate(
            folder.Write("certificate.pem", certificate.ExportCertificatePem()),
            folder.Write("key.pem", key.ExportPkcs8PrivateKeyPem()));
    }
}
