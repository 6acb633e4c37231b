using System.Reflection;
using System.Text;

namespace Hpo.Interop.Bridge;

/// <summary>The Python side of the bridge, which is embedded in this assembly.</summary>
internal static class GlueSource
{
    public const string Package = "hpo_glue";

    private static readonly Assembly Assembly = typeof(GlueSource).Assembly;

    /// <summary>The files, by their paths with slashes.</summary>
    public static IEnumerable<string> Files => Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".py", StringComparison.Ordinal));

    public static byte[] Read(string file)
    {
        using Stream stream = Assembly.GetManifestResourceStream(file)!;
        byte[] source = new byte[stream.Length];
        stream.ReadExactly(source);
        return source;
    }

    /// <summary>Makes the package importable in this process, where its sources stay in memory.</summary>
    public static void Embed(PythonBridge bridge)
    {
        // No file can have such a path: nobody's code is taken, or shown, for the package's.
        string assembly = Path.Combine(AppContext.BaseDirectory, $"{Assembly.GetName().Name}.dll");
        var sources = new OrderedDictionary<string, PythonValue>();
        foreach (string file in Files) sources.Add($"{assembly}/{file}", Read(file));
        using PythonHandle package = bridge.LoadModule(Package, Encoding.UTF8.GetString(Read($"{Package}/__init__.py")));
        using PythonHandle embed = bridge.GetAttribute(package, "embed");
        bridge.Call(embed, $"{assembly}/{Package}", sources);
    }
}
