namespace Hpo.NativeTrainer.Data;

/// <summary>Something that a data set can be told besides its folder; its value is text.</summary>
/// <param name="Name">Its name on a command line, without dashes in front.</param>
/// <param name="HelpName">What stands for the value in <c>--help</c>.</param>
/// <param name="Description">What it does, and the default.</param>
internal sealed record ImageSourceOption(string Name, string HelpName, string Description)
{
    /// <summary>Its name in a study and in a model file.</summary>
    public string Key => Name.Replace('-', '_');

    /// <summary>Is it a folder of this host? What scores depend on is then what lies in it, not its path.</summary>
    public bool IsFolder { get; init; }
}
