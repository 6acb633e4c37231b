"""Exhaustive search of a scikit-learn random forest on the digits: what the native cross-validate is measured against.

Sets a shuffled tenth of the rows aside, scores every pair of n_estimators and max_depth by 5-fold cross-validation on the
rest, and scores the best pair once on the tenth. One thread, as scikit-learn comes.
"""

import argparse
import json
import sys
import time

import numpy as np
from sklearn.datasets import load_digits
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import KFold, cross_val_score, train_test_split

N_ESTIMATORS = (1, 5, 10, 20, 50, 100, 200)
MAX_DEPTH = (1, 5, 10, 20, 100)
FOLDS = 5
TEST_SIZE = 0.1


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--split", metavar="FILE", help='row numbers as JSON: {"train": [...], "test": [...]}')
    parser.add_argument("--seed", type=int, help="seed of the split and of the forests; random unless given")
    parser.add_argument("--repeats", type=int, default=1, help="average each pair over this many seeds")
    parser.add_argument(
        "--pairs", metavar="N,D", nargs="+", help="score only these pairs of n_estimators,max_depth"
    )
    parser.add_argument("--json", action="store_true", help="write one JSON document")
    return parser.parse_args()


def split_rows(arguments, row_count):
    if arguments.split is None:
        return train_test_split(np.arange(row_count), test_size=TEST_SIZE, random_state=arguments.seed)
    with open(arguments.split, encoding="utf-8") as file:
        split = json.load(file)
    return np.array(split["train"]), np.array(split["test"])


def grid(arguments):
    if arguments.pairs:
        return [tuple(map(int, pair.split(","))) for pair in arguments.pairs]
    return [(trees, depth) for trees in N_ESTIMATORS for depth in MAX_DEPTH]


def forest(pair):
    # No random_state: each fit then draws on from NumPy's own generator. A RandomState given here would be copied with
    # the estimator by cross_val_score, so that every fold, pair and repeat began with the same numbers.
    return RandomForestClassifier(n_estimators=pair[0], max_depth=pair[1])


def search(pixels, labels, train, test, pairs, repeats):
    scores = []
    for pair in pairs:
        folds = [
            cross_val_score(forest(pair), pixels[train], labels[train], cv=KFold(FOLDS))
            for _ in range(repeats)
        ]
        scores.append(np.concatenate(folds))
    best = int(np.argmax([of_pair.mean() for of_pair in scores]))
    winner = forest(pairs[best]).fit(pixels[train], labels[train])
    return scores, best, winner.score(pixels[test], labels[test])


def main():
    arguments = parse_arguments()
    start = time.perf_counter()
    pixels, labels = load_digits(return_X_y=True)
    train, test = split_rows(arguments, len(labels))
    pairs = grid(arguments)
    np.random.seed(arguments.seed)
    scores, best, test_accuracy = search(pixels, labels, train, test, pairs, arguments.repeats)
    documents = [
        {
            "n_estimators": trees,
            "max_depth": depth,
            "mean": of_pair.mean(),
            "std": of_pair.std(),
            "fold_scores": of_pair.tolist(),
        }
        for (trees, depth), of_pair in zip(pairs, scores)
    ]
    document = {
        "pairs": documents,
        "best": documents[best],
        "test_accuracy": test_accuracy,
        "elapsed_seconds": time.perf_counter() - start,
    }
    if arguments.json:
        json.dump(document, sys.stdout)
        return
    for pair in documents:
        print(f"{pair['n_estimators']:4} {pair['max_depth']:4}  {pair['mean']:.3f} ± {pair['std']:.3f}")
    print("best", pairs[best], f"test accuracy {test_accuracy:.3f}, {document['elapsed_seconds']:.1f} s")


if __name__ == "__main__":
    main()
