namespace Hpo.NativeTrainer.Forest;

/// <summary>A training row as one tree sees it: its number, its class and how often the bootstrap drew it.</summary>
internal readonly struct Sample(int row, byte label, int weight)
{
    public const int MaxWeight = (1 << 24) - 1;

    private readonly uint _weightAndLabel = ((uint)weight << 8) | label;

    public int Row { get; } = row;

    public int Label => (byte)_weightAndLabel;

    public int Weight => (int)(_weightAndLabel >> 8);
}
