namespace Hpo.NativeTrainer.Tables.Models;

/// <summary>The models by their names.</summary>
internal static class TableModels
{
    /// <summary>Of so many classes one model for each is trained at most: of hundreds, a trial would take hours.</summary>
    public const int MostOneVersusAll = 30;

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<ITableModel> All { get; } =
    [
        .. typeof(TableModels).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(ITableModel)))
            .Select(type => (ITableModel)Activator.CreateInstance(type)!)
            .OrderBy(model => model.Name, StringComparer.Ordinal),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(model => model.Name)];

    /// <exception cref="ArgumentException">There is no such model.</exception>
    public static ITableModel Find(string name) => All.FirstOrDefault(model => model.Name == name)
        ?? throw new ArgumentException($"Unknown model '{name}': choose out of {string.Join(", ", Names)}.", nameof(name));
}
