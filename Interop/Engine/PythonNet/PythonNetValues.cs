using System.Text;
using Python.Runtime;

namespace Hpo.Interop.Engine;

/// <summary>Converts values that cross. The caller holds the GIL and disposes of what it gets.</summary>
internal static class PythonNetValues
{
    private const int DeepestNesting = 200;

    private static readonly PyObject Builtins = Py.Import("builtins");
    private static readonly PyObject BoolType = Builtins.GetAttr("bool");
    private static readonly PyObject BytesType = Builtins.GetAttr("bytes");

    public static PyObject ToPython(in PythonValue value, int depth = 0)
    {
        CheckDepth(depth);
        return value.Kind switch
        {
            PythonKind.None => PyObject.None,
            PythonKind.Bool => value.AsBool().ToPython(),
            PythonKind.Integer => new PyInt(value.AsInteger()),
            PythonKind.Float => new PyFloat(value.AsFloat()),
            PythonKind.String => StringToPython(value.AsString()),
            PythonKind.Bytes => BytesToPython(value.AsBytes()),
            PythonKind.List => ListToPython(value.AsList(), depth + 1),
            PythonKind.Map => MapToPython(value.AsMap(), depth + 1),
            _ => Duplicate(((PythonNetHandle)value.AsHandle()).Object),
        };
    }

    public static PythonValue FromPython(PyObject value, int depth = 0)
    {
        CheckDepth(depth);
        if (value.IsNone()) return PythonValue.None;
        if (PyFloat.IsFloatType(value)) return FloatFromPython(value);
        if (value.IsInstance(BoolType)) return value.IsTrue();
        if (PyInt.IsIntType(value)) return IntegerFromPython(value);
        if (PyString.IsStringType(value)) return StringFromPython(value);
        if (PyList.IsListType(value) || PyTuple.IsTupleType(value)) return ItemsFromPython(value, depth + 1);
        if (PyDict.IsDictType(value)) return MapFromPython(value, depth + 1);
        if (value.IsInstance(BytesType)) return BytesFromPython(value);
        return new PythonNetHandle(Duplicate(value));
    }

    /// <summary>A reference of its own to the same object, which pythonnet has no constructor for.</summary>
    public static PyObject Duplicate(PyObject value)
    {
        using var tuple = new PyTuple([value]);
        return tuple[0];
    }

    private static double FloatFromPython(PyObject value)
    {
        using var number = new PyFloat(value);
        return number.ToDouble();
    }

    private static long IntegerFromPython(PyObject value)
    {
        using var number = new PyInt(value);
        return number.ToInt64();
    }

    // pythonnet's own conversion lets lone surrogates pass, which are not Unicode text.
    private static string StringFromPython(PyObject value)
    {
        using PyObject utf8 = value.InvokeMethod("encode");
        return Encoding.UTF8.GetString(BytesFromPython(utf8));
    }

    private static PyString StringToPython(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) i++;
            else throw new ArgumentException($"The text holds a lone surrogate at index {i}, which cannot become a Python str.");
        }
        return new PyString(text);
    }

    private static byte[] BytesFromPython(PyObject value)
    {
        using PyBuffer buffer = value.GetBuffer();
        byte[] bytes = new byte[buffer.Length];
        if (bytes.Length > 0) buffer.Read(bytes, 0, bytes.Length, 0);
        return bytes;
    }

    private static PyObject BytesToPython(byte[] bytes)
    {
        using var text = new PyString(Encoding.Latin1.GetString(bytes));
        using var encoding = new PyString("latin-1");
        return text.InvokeMethod("encode", encoding);
    }

    private static PythonValue[] ItemsFromPython(PyObject value, int depth)
    {
        var items = new PythonValue[value.Length()];
        for (int i = 0; i < items.Length; i++)
        {
            using PyObject item = value[i];
            items[i] = FromPython(item, depth);
        }
        return items;
    }

    private static OrderedDictionary<string, PythonValue> MapFromPython(PyObject value, int depth)
    {
        var map = new OrderedDictionary<string, PythonValue>();
        using var dict = new PyDict(value);
        using PyIterable items = dict.Items();
        foreach (PyObject pair in items)
        {
            using PyObject key = pair[0];
            using PyObject item = pair[1];
            if (!PyString.IsStringType(key))
                throw new InvalidCastException("A dict whose keys are not all str cannot cross to C#.");
            map[StringFromPython(key)] = FromPython(item, depth);
            pair.Dispose();
        }
        return map;
    }

    private static PyList ListToPython(PythonValue[] items, int depth)
    {
        var list = new PyList();
        foreach (PythonValue item in items)
        {
            using PyObject converted = ToPython(item, depth);
            list.Append(converted);
        }
        return list;
    }

    private static PyDict MapToPython(OrderedDictionary<string, PythonValue> map, int depth)
    {
        var dict = new PyDict();
        foreach ((string name, PythonValue item) in map)
        {
            using PyString key = StringToPython(name);
            using PyObject converted = ToPython(item, depth);
            dict.SetItem(key, converted);
        }
        return dict;
    }

    private static void CheckDepth(int depth)
    {
        if (depth > DeepestNesting)
            throw new InvalidCastException($"A value nested deeper than {DeepestNesting} levels cannot cross.");
    }
}
