namespace Hpo.NativeTrainer.Forest;

/// <summary>Rows whose feature is at most the threshold go left.</summary>
/// <param name="Feature">Number of the feature.</param>
/// <param name="Threshold">Midway between two values that are present, rounded down.</param>
/// <param name="Score">
/// Σl²/Σl + Σr²/Σr of the class weights on either side: the greater, the smaller the weighted Gini impurity.
/// </param>
internal readonly record struct Split(int Feature, byte Threshold, double Score);
