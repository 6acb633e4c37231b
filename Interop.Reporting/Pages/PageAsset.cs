using System.Reflection;

namespace Hpo.Interop.Reporting.Pages;

/// <summary>The static parts of pages, which are embedded in the assembly.</summary>
internal static class PageAsset
{
    /// <param name="feature">The folder that has them: Pages or Dashboard.</param>
    /// <param name="name">The file's name.</param>
    public static string Read(string feature, string name)
    {
        using var reader = new StreamReader(Open(feature, name));
        return reader.ReadToEnd();
    }

    /// <inheritdoc cref="Read"/>
    public static Stream Open(string feature, string name) => Assembly.GetExecutingAssembly().GetManifestResourceStream($"Hpo.Interop.Reporting.{feature}.Assets.{name}")
        ?? throw new InvalidOperationException($"The assembly lacks its asset {name}.");
}
