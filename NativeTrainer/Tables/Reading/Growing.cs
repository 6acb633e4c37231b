namespace Hpo.NativeTrainer.Tables.Reading;

/// <summary>An array that grows with its values; it is handed over without a copy where its capacity was foreseen.</summary>
internal sealed class Growing<T>(int capacity)
{
    private T[] _items = capacity == 0 ? [] : GC.AllocateUninitializedArray<T>(capacity);

    public int Count { get; private set; }

    public T this[int index] => _items[index];

    public void Add(T item)
    {
        if (Count == _items.Length) Array.Resize(ref _items, Math.Max(16, Count * 2));
        _items[Count++] = item;
    }

    /// <summary>The values, in an array that nothing else is written to afterwards.</summary>
    public T[] ToArray()
    {
        if (_items.Length != Count) Array.Resize(ref _items, Count);
        return _items;
    }
}
