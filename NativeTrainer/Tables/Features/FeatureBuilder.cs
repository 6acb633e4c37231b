using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Tables.Models;
using Hpo.NativeTrainer.Tables.Reading;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Text;

namespace Hpo.NativeTrainer.Tables.Features;

/// <summary>Puts together the transforms that make features of a table's columns.</summary>
/// <param name="columns">The columns that are used.</param>
/// <param name="rows">The rows to learn from.</param>
/// <param name="target">What is predicted.</param>
/// <param name="options">How features are made.</param>
/// <param name="seed">The same seed gives the same features.</param>
internal sealed class FeatureBuilder(IReadOnlyList<TableColumn> columns, int[] rows, TableTarget target, FeatureOptions options, ulong seed)
{
    private const string Own = RawColumn.Own;
    private const int MostLevels = 64;

    private readonly MLContext _context = new((int)(seed >> 33));
    private readonly List<RawColumn> _raw = [.. columns.SelectMany(RawColumn.Of)];
    private readonly List<RawColumn> _crossFitted = [];
    private readonly List<ITransformer> _targetMappings = [];
    private readonly List<ITransformer> _mappings = [];
    private readonly List<int> _codes = [];
    private readonly List<string> _features = [];
    private IEstimator<ITransformer> _rest = new EstimatorChain<ITransformer>();

    /// <summary>Learns from the rows.</summary>
    /// <exception cref="TableTrainingException">There is nothing to learn from.</exception>
    public FeaturePipeline Fit()
    {
        CategoryColumn[] categories =
        [
            .. columns.OfType<CategoryColumn>().Where(column => column.Kind is ColumnKind.Category && rows.Any(row => column.Codes[row] >= 0)),
        ];
        if (options.Encoding is CategoryEncoding.Codes) foreach (CategoryColumn column in categories) AddCodes(column);
        if (options.Encoding is CategoryEncoding.Target) foreach ((int index, CategoryColumn column) in categories.Index()) AddTargets(column, (ulong)index);
        if (options.Encoding is CategoryEncoding.OneHot) foreach (CategoryColumn column in categories) AddOneHot(column);
        foreach (CategoryColumn column in columns.OfType<CategoryColumn>().Where(column => column.Kind is ColumnKind.Boolean)) AddBoolean(column);
        AddNumbers();
        foreach (TextColumn column in columns.OfType<TextColumn>()) AddText(column);
        if (_features.Count == 0) throw new TableTrainingException("No column has a value in the rows that it would be trained on.");
        Then(_context.Transforms.Concatenate(FeatureMatrix.Column, [.. _features]));

        // A row that is learned from has its cross-fitted numbers where another has those of its level.
        IDataView training = new TableView([.. _raw, .. _crossFitted], rows);
        foreach (ITransformer mapping in _mappings) training = mapping.Transform(training);
        ITransformer learned = _rest.Fit(training);
        return new FeaturePipeline(
            columns,
            new TransformerChain<ITransformer>([.. _targetMappings, .. _mappings, learned]),
            _codes,
            FeatureMatrix.Of(learned.Transform(training), rows.Length));
    }

    private void AddCodes(CategoryColumn column)
    {
        string[] known = [.. rows.Select(row => column.Codes[row]).Where(code => code >= 0).Distinct().Order().Select(code => column.Levels[code])];
        string name = Added($"{Own}.code.{column.Name}");
        _mappings.Add(Mapping(name, column, known.Index().Select(level => KeyValuePair.Create(level.Item, level.Index + 1f))));
        _codes.Add(known.Length + 1);
    }

    private void AddTargets(CategoryColumn column, ulong index)
    {
        for (int output = 0; output < TargetEncoding.Width(target); output++)
        {
            string name = Added(FormattableString.Invariant($"{Own}.target.{output}.{column.Name}"));
            _targetMappings.Add(Mapping(name, column, column.Levels.Zip(TargetEncoding.Learn(column, rows, target, output), KeyValuePair.Create)));
            float[] values = TargetEncoding.CrossFit(column, rows, target, output, SeededRandom.Derive(seed, index));
            _crossFitted.Add(new RawColumn(name, row => values[row], null));
        }
    }

    private void AddOneHot(CategoryColumn column) => Then(_context.Transforms.Categorical.OneHotEncoding(
        Added($"{Own}.onehot.{column.Name}"), column.Name,
        maximumNumberOfKeys: MostLevels, keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence));

    // No is -1, yes is 1, and 0 is a missing one.
    private void AddBoolean(CategoryColumn column)
    {
        string name = Added($"{Own}.boolean.{column.Name}");
        _mappings.Add(Mapping(name, column, column.Levels.Select(level => KeyValuePair.Create(level, BooleanWords.ParseKnown(level) is false ? -1f : 1f))));
        if (options.Scales) Then(_context.Transforms.NormalizeMeanVariance(name, fixZero: false));
    }

    private void AddNumbers()
    {
        RawColumn[] numbers = [.. _raw.Where(column => column.Numbers is not null)];
        if (numbers.Length == 0) return;
        const string Missing = $"{Own}.missing";
        const string Numbers = $"{Own}.numbers";
        string[] gappy = [.. numbers.Where(column => rows.Any(row => float.IsNaN(column.Numbers!(row)))).Select(column => column.Name)];
        if (options.IndicatesMissing && gappy.Length > 0)
        {
            Then(_context.Transforms.Concatenate(Added(Missing), gappy));
            Then(_context.Transforms.IndicateMissingValues(Missing));
            Then(_context.Transforms.Conversion.ConvertType(Missing, outputKind: DataKind.Single));
        }

        Then(_context.Transforms.Concatenate(Added(Numbers), [.. numbers.Select(column => column.Name)]));
        if (!options.KeepsMissing)
            Then(_context.Transforms.ReplaceMissingValues(Numbers, replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean));
        if (options.Scales) Then(_context.Transforms.NormalizeMeanVariance(Numbers, fixZero: false));
    }

    private void AddText(TextColumn column) => Then(_context.Transforms.Text.FeaturizeText(
        Added($"{Own}.text.{column.Name}"),
        new TextFeaturizingEstimator.Options
        {
            CharFeatureExtractor = null,
            WordFeatureExtractor = new WordBagEstimator.Options
            {
                NgramLength = 2,
                MaximumNgramsCount = [options.Terms, options.Terms],
                Weighting = NgramExtractingEstimator.WeightingCriteria.TfIdf,
            },
        },
        column.Name));

    private string Added(string name)
    {
        _features.Add(name);
        return name;
    }

    private void Then(IEstimator<ITransformer> step) => _rest = _rest.Append(step);

    private ITransformer Mapping(string name, CategoryColumn column, IEnumerable<KeyValuePair<string, float>> values) =>
        _context.Transforms.Conversion.MapValue(name, values, column.Name).Fit(new TableView(_raw, rows));
}
