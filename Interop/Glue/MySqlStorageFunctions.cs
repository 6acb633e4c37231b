using Hpo.Interop.Bridge;
using Hpo.Interop.Storages;
using Hpo.Interop.Tables;
using Hpo.Interop.Tables.MySql;

namespace Hpo.Interop.Glue;

/// <summary>
/// The native MySQL storage as functions for Python: what <c>hpo_glue.mysql_storage</c> calls. Many values cross as one JSON
/// text. A fault of the database is a dict, since it is Python that decides whether to retry.
/// </summary>
internal sealed class MySqlStorageFunctions
{
    private readonly NativeStorage _storage;
    private readonly OrderedDictionary<string, PythonValue> _functions = [];
    private readonly PythonBridge _bridge;

    private MySqlStorageFunctions(PythonBridge bridge, NativeStorage storage)
    {
        _bridge = bridge;
        _storage = storage;
        AddStudies();
        AddTrials();
        AddChanges();
    }

    /// <summary>Makes the functions of a storage. It connects at the first call of one.</summary>
    public static OrderedDictionary<string, PythonValue> Create(PythonBridge bridge, StorageUrl url) =>
        new MySqlStorageFunctions(bridge, new NativeStorage(new MySqlTables(url)))._functions;

    /// <summary>Reads a URL of MySQL.</summary>
    /// <exception cref="StorageUrlException">The URL is malformed, or not one of MySQL.</exception>
    public static StorageUrl MySqlUrl(string url)
    {
        var parsed = StorageUrl.Parse(url);
        return parsed.Dialect is StorageDialect.MySql ? parsed : throw new StorageUrlException(
            "scheme", "this storage is one of MySQL and MariaDB only.", "mysql://user:password@127.0.0.1:3306/optuna");
    }

    private void AddStudies()
    {
        StudyWrites studies = _storage.Studies;
        Add("ensure_schema", a =>
        {
            var (revision, library, forms) = _storage.EnsureSchema(a[0].AsString(), a[1].AsString());
            return new PythonValue[] { revision, library, forms.KeepsSignOfZero, forms.RoundsSeconds };
        });
        Add("create_study", a => studies.Create(a[0].AsString(), Array.ConvertAll(a[1].AsList(), name => name.AsString()), a[2].AsInteger()));
        Add("delete_study", a => _storage.DeleteStudy(a[0].AsInteger()));
        Add("find_study", a => Key(FindStudy(a[0].AsString())));
        Add("read_study", a => ReadStudy(a[0].AsInteger()) is { } study
            ? new PythonValue[] { study.Name, PythonValue.List(study.Directions, name => name) }
            : PythonValue.None);
        Add("study_attributes", a => ReadStudy(a[0].AsInteger()) is { } study
            ? PythonValue.List(
                Kind(a[1]) is AttributeKind.User ? study.UserAttributes : study.SystemAttributes,
                pair => new PythonValue[] { pair.Key, pair.Value })
            : PythonValue.None);
        Add("set_study_attribute", a => studies.SetAttribute(a[0].AsInteger(), Kind(a[1]), a[2].AsString(), a[3].AsString()));
        Add("all_studies", _ => StoredTrialJson.Write(_storage.Read(StoredStudy.ReadAll)));

        long? FindStudy(string name) => _storage.Read(session => StoredStudy.Find(session, name));

        StoredStudy? ReadStudy(long study) => _storage.Read(session => StoredStudy.Read(session, study));
    }

    private void AddTrials()
    {
        // (study, [state, start, complete, values, params, user, system, intermediate], limits, pending, whether to read changes)
        Add("create_trial", a =>
        {
            var (made, changes) = _storage.CreateTrial(
                a[0].AsInteger(), Template(a[1].AsList()), Limits(a[2]), a[3].AsInteger(), a[4].AsBool());
            return new PythonValue[] { (int)made.Outcome, Json(changes), (int)changes.Extent, made.Id, made.Number };
        });
        Add("set_param", a => Outcome(_storage.SetParam(
            a[0].AsInteger(), a[1].AsInteger(), a[2].AsString(), a[3].AsFloat(), a[4].AsString(), a[5].AsBool())));
        Add("set_first_param", a =>
        {
            var (change, known) = _storage.SetFirstParam(
                a[0].AsInteger(), a[1].AsInteger(), a[2].AsString(), a[3].AsFloat(), a[4].AsString());
            return new PythonValue[] { (int)change, known };
        });
        Add("set_intermediate_value", a => Outcome(_storage.SetIntermediateValue(
            a[0].AsInteger(), a[1].AsInteger(), a[2].AsInteger(), a[3].AsFloat(), a[4].AsBool())));
        Add("set_attribute", a => Outcome(_storage.SetAttribute(
            a[0].AsInteger(), a[1].AsInteger(), Kind(a[2]), a[3].AsString(), a[4].AsString(), a[5].AsBool())));
        Add("remove_system_attribute", a => _storage.RemoveSystemAttribute(a[0].AsInteger(), a[1].AsString()));
        // (study, trial, [state, values or None, now, [key, JSON] or None], limits, whether it is a retry, whether to read changes)
        Add("set_state", a => Outcome(_storage.SetState(
            a[0].AsInteger(), a[1].AsInteger(), Transition(a[2].AsList()), Limits(a[3]), a[4].AsBool(), a[5].AsBool())));
        Add("read_trial", a => _storage.ReadTrial(a[0].AsInteger()) is { } found
            ? new PythonValue[] { found.Study, StoredTrialJson.Write(found.Trial) }
            : PythonValue.None);
        Add("find_trial", a => Key(_storage.FindTrial(a[0].AsInteger(), a[1].AsInteger())));
        Add("beat", a => _storage.Beat(a[0].AsInteger()));
    }

    private void AddChanges()
    {
        // (study, whether running trials are wanted) → a JSON array of trials, None for no change, False for no study
        Add("read_changes", a => _storage.ReadChanges(a[0].AsInteger(), a[1].AsBool()) is { } changes ? Json(changes) : (PythonValue)false);
        Add("stale_trials", a => PythonValue.List(_storage.StaleTrials(a[0].AsInteger(), a[1].AsInteger()), trial => trial));
        Add("close", _ => _storage.Dispose());
    }

    private void Add(string name, PythonAction action) => Add(name, arguments =>
    {
        action(arguments);
        return PythonValue.None;
    });

    private void Add(string name, PythonCallback function) => _functions.Add(name, _bridge.CreateCallback(arguments =>
    {
        try
        {
            return function(arguments);
        }
        catch (TableException fault)
        {
            return new OrderedDictionary<string, PythonValue>
            {
                ["code"] = fault.Code,
                ["text"] = fault.Message,
                ["is_transient"] = fault.IsTransient,
                ["pending"] = fault.Pending,
            };
        }
    }));

    private static TrialTemplate Template(PythonValue[] facts) => new()
    {
        State = TrialStates.Parse(facts[0].AsString()),
        Start = facts[1].AsOptionalString(),
        Complete = facts[2].AsOptionalString(),
        Values = Floats(facts[3]),
        Params = Array.ConvertAll(facts[4].AsList(), item => Param(item.AsList())),
        UserAttributes = Attributes(facts[5]),
        SystemAttributes = Attributes(facts[6]),
        IntermediateValues = Array.ConvertAll(facts[7].AsList(), item => Step(item.AsList())),
    };

    // What came of it, what else has changed in the study, and how much was read for that.
    private static PythonValue Outcome((TrialChange Change, StudyChanges Changes) outcome) =>
        new PythonValue[] { (int)outcome.Change, Json(outcome.Changes), (int)outcome.Changes.Extent };

    private static PythonValue Json(StudyChanges changes) =>
        changes.Trials is { } trials ? StoredTrialJson.Write(trials) : PythonValue.None;

    private static TrialTransition Transition(PythonValue[] facts) => new(
        TrialStates.Parse(facts[0].AsString()),
        facts[1].IsNone ? null : Floats(facts[1]),
        facts[2].AsString(),
        facts[3].IsNone ? null : (facts[3].AsList()[0].AsString(), facts[3].AsList()[1].AsString()));

    private static TrialLimit[] Limits(PythonValue limits) => Array.ConvertAll(limits.AsList(), item => new TrialLimit(
        item.AsList()[0].AsInteger(), Array.ConvertAll(item.AsList()[1].AsList(), state => TrialStates.Parse(state.AsString()))));

    private static (string Name, double Value, string Distribution) Param(PythonValue[] item) =>
        (item[0].AsString(), item[1].AsFloat(), item[2].AsString());

    private static (long Step, double Value) Step(PythonValue[] item) => (item[0].AsInteger(), item[1].AsFloat());

    private static double[] Floats(PythonValue values) => Array.ConvertAll(values.AsList(), value => value.AsFloat());

    private static KeyValuePair<string, string>[] Attributes(PythonValue pairs) => Array.ConvertAll(
        pairs.AsList(), item => KeyValuePair.Create(item.AsList()[0].AsString(), item.AsList()[1].AsString()));

    private static AttributeKind Kind(PythonValue isSystem) => isSystem.AsBool() ? AttributeKind.System : AttributeKind.User;

    private static PythonValue Key(long? key) => key is { } value ? value : PythonValue.None;
}
