"""Krippendorff's alpha of ten small matrices, from the coincidence matrix in exact fractions (Python 3.11).

Shares no code and no formula shortcut with the engine: it builds the coincidence matrix and sums over it as
Krippendorff (2011) writes it. Run in this folder: python3 krippendorff.py > krippendorff.json
A matrix stands as published: observers in rows, units in columns, None = not rated.
"""

import json
from fractions import Fraction as F

N = None
MATRICES = {
    # Krippendorff (2011), example C/D: 4 observers, 12 units; published .743 .815 .849 .797
    "published": [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
        [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
    ],
    # Krippendorff (2011), example A: two observers, binary, ten units; published .095
    "binary": [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]],
    # Krippendorff (2011), example B: two observers, five categories (a-e as 1-5), twelve units; published .692
    "categories": [[1, 1, 2, 2, 4, 3, 3, 3, 5, 4, 4, 1], [2, 1, 2, 2, 2, 3, 3, 3, 5, 4, 4, 4]],
    "perfect": [[1, 2, 3, 4, 5], [1, 2, 3, 4, 5], [1, 2, 3, 4, 5]],
    "opposite": [[1, 2, 3, 4], [4, 3, 2, 1]],
    "withGaps": [[0, 2, N, 4, 4, 1], [0, N, 3, 4, 2, 1], [1, 2, 3, N, 4, N]],
    "fractions": [["1/2", "5/4", "3", "7/2", "2"], ["3/4", "5/4", "5/2", "4", "2"]],
    "withZeros": [[0, 0, 1, 2, 0, 3], [0, 1, 1, 2, 0, 2], [0, 0, 2, 2, 0, 3]],
    "singletons": [[1, N, 3, 2, N, 4], [N, 2, 3, 1, N, 4], [N, N, 3, 2, 5, 3]],
    "skewed": [[1, 1, 1, 1, 1, 1, 1, 2, 100, 1], [1, 1, 1, 1, 1, 2, 1, 2, 90, 1]],
}


def coincidences(matrix):
    units = list(zip(*matrix))
    counts = {}
    for unit in units:
        values = [F(v) for v in unit if v is not None]
        if len(values) < 2:
            continue
        for i, a in enumerate(values):
            for j, b in enumerate(values):
                if i != j:
                    counts[a, b] = counts.get((a, b), F(0)) + F(1, len(values) - 1)
    return counts


def difference(metric, a, b, marginals):
    if a == b:
        return F(0)
    if metric == "nominal":
        return F(1)
    if metric == "interval":
        return (a - b) ** 2
    if metric == "ratio":
        return ((a - b) / (a + b)) ** 2
    low, high = min(a, b), max(a, b)
    between = sum((n for v, n in marginals.items() if low <= v <= high), F(0))
    return (between - (marginals[a] + marginals[b]) / 2) ** 2


def alpha(matrix, metric):
    counts = coincidences(matrix)
    marginals = {}
    for (a, _), n in counts.items():
        marginals[a] = marginals.get(a, F(0)) + n
    total = sum(marginals.values())
    observed = sum(n * difference(metric, a, b, marginals) for (a, b), n in counts.items()) / total
    expected = sum(
        marginals[a] * marginals[b] * difference(metric, a, b, marginals) for a in marginals for b in marginals
    ) / (total * (total - 1))
    return 1 - observed / expected


def number(value):
    return None if value is None else float(F(value))


cases = []
for name, matrix in MATRICES.items():
    alphas = {m: alpha(matrix, m) for m in ("nominal", "ordinal", "interval", "ratio")}
    cases.append({
        "name": name,
        "observers": [[number(v) for v in row] for row in matrix],
        "alpha": {m: float(a) for m, a in alphas.items()},
        "exact": {m: str(a) for m, a in alphas.items()},
    })
print(json.dumps({"tool": "Python 3.11 fractions", "cases": cases}, indent=1))
