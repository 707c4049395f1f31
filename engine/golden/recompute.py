"""Recomputes every score of a set of sheets with exact fractions; shares no code with the engine.

Usage: python3 recompute.py scoring-input.json > scoring-golden.json      (made with Python 3.11.7)

The way is another than the engine's: instead of carrying means up the tree, every element's figure is a sum over all
questions below it, each with the product of its rescaled weights on the way up.
Every figure is printed as n/d in lowest terms, null where there is none. Columns per element:
score, upper, coverage, verifiedScore, verifiedUpper, verifiedShare, effective weight in core, in extended;
questions have three more in front: state, points, pointsOpen.
"""
import json
import platform
import sys
from fractions import Fraction as F

with open(sys.argv[1], encoding="utf-8") as handle:
    given = json.load(handle, parse_float=F, parse_int=F)  # decimals as they are written, never binary

DIMENSIONS = given["questionnaire"]["dimensions"]
QUESTIONS = {q["id"]: q for d in DIMENSIONS for i in d["indicators"] for q in i["questions"]}
PATH = {q["id"]: (d["id"], i["id"]) for d in DIMENSIONS for i in d["indicators"] for q in i["questions"]}
IN_INDEX = {"core": [d["id"] for d in DIMENSIONS if d["set"] == "core"], "extended": [d["id"] for d in DIMENSIONS]}


def state_of(qid, answers):
    """Name of the state; hidden ones from the top of the chain of conditions downwards."""
    condition = QUESTIONS[qid]["visibleIf"]
    if condition is not None:
        above = state_of(condition["question"], answers)
        if above in ("notApplicable", "hiddenNotApplicable"):
            return "hiddenNotApplicable"
        if above in ("notKnown", "notAnswered", "hiddenOpen"):
            return "hiddenOpen"
        if above == "hiddenScoredZero":
            return above
        if not set(answers[condition["question"]]["options"]) & set(condition["options"]):
            return "hiddenScoredZero"
    return answers.get(qid, {"kind": "notAnswered"})["kind"]


def earned(qid, answers):
    points = {o["id"]: o["points"] for o in QUESTIONS[qid]["options"]}
    return min(QUESTIONS[qid]["max"], sum((points[o] for o in answers[qid]["options"]), F(0)))


OUT, OPEN = "out", "open"  # besides a number of points


def standing(qid, answers):
    """What the answer counts as: points, OPEN or OUT."""
    state = state_of(qid, answers)
    if state == "answered":
        return earned(qid, answers)
    if state == "hiddenScoredZero":
        return F(0)
    return OUT if state in ("notApplicable", "hiddenNotApplicable") else OPEN


def standing_after_review(qid, answers, reviews):
    """The same after review; None when nobody has reviewed the question or what it hangs on."""
    decision = reviews.get(qid)
    if decision is not None:
        return {"agreed": lambda: standing(qid, answers), "agreedWithNote": lambda: standing(qid, answers),
                "changed": lambda: decision["points"], "notSupported": lambda: F(0), "needMore": lambda: OPEN}[decision["kind"]]()
    if not state_of(qid, answers).startswith("hidden"):
        return None
    condition = QUESTIONS[qid]["visibleIf"]
    above = standing_after_review(condition["question"], answers, reviews)
    if above in (None, OUT, OPEN):
        return above
    if reviews.get(condition["question"], {"kind": None})["kind"] not in ("changed", "notSupported"):
        return F(0)
    # The expert has set the parent's points: would the options that earn them have shown this question?
    fitting = {o["id"] for o in QUESTIONS[condition["question"]]["options"] if o["points"] == above}
    if not fitting:
        return OPEN if above > 0 else F(0)
    return OPEN if fitting & set(condition["options"]) else F(0)


def flat_weights(scheme, counted):
    """question -> weights (in its indicator, of that in its dimension), rescaled; and the dimensions that count."""
    own = {q: scheme.get("questions", {}).get(q, QUESTIONS[q]["weight"]) for q in counted}
    in_indicator, in_dimension, total = {}, {}, {}
    for q, weight in own.items():
        total[PATH[q][1]] = total.get(PATH[q][1], F(0)) + weight
    alive = {(PATH[q][0], PATH[q][1]) for q in own if total[PATH[q][1]] > 0 }
    heavy = {}
    for dimension, indicator in alive:
        heavy[dimension] = heavy.get(dimension, F(0)) + scheme["indicators"][indicator]
    for q, weight in own.items():
        dimension, indicator = PATH[q]
        if total[indicator] > 0:
            in_indicator[q] = weight / total[indicator]
            if heavy[dimension] > 0:
                in_dimension[q] = in_indicator[q] * scheme["indicators"][indicator] / heavy[dimension]
    living = {PATH[q][0] for q in in_dimension}
    in_index = {}
    for name, members in IN_INDEX.items():
        whole = sum((scheme["dimensions"][d] for d in members if d in living), F(0))
        in_index[name] = {q: w * scheme["dimensions"][PATH[q][0]] / whole for q, w in in_dimension.items() if PATH[q][0] in members and whole > 0}
    return in_indicator, in_dimension, in_index


def figures(values, scheme):
    """One figure per element from one figure per question (questions that do not count are absent)."""
    in_indicator, in_dimension, in_index = flat_weights(scheme, list(values))
    result = {("question", q): v for q, v in values.items()}
    for weights, key in [(in_indicator, lambda q: ("indicator", PATH[q][1])), (in_dimension, lambda q: ("dimension", PATH[q][0])),
                         (in_index["core"], lambda q: ("index", "core")), (in_index["extended"], lambda q: ("index", "extended"))]:
        for q, weight in weights.items():
            result[key(q)] = result.get(key(q), F(0)) + weight * values[q]
    return result


def shares(counted, scheme):
    """(level, id) -> index -> effective weight."""
    _, _, in_index = flat_weights(scheme, counted)
    result = {}
    for name, weights in in_index.items():
        for q, weight in weights.items():
            for key in [("question", q), ("indicator", PATH[q][1]), ("dimension", PATH[q][0]), ("index", name)]:
                result.setdefault(key, {}).setdefault(name, F(0))
                result[key][name] += weight
    return result


def text(value):
    return None if value is None else f"{value.numerator}/{value.denominator}"


def score_sheet(sheet):
    answers, reviews, scheme = sheet["answers"], sheet["reviews"], given["schemes"][sheet["scheme"]]
    before = {q: standing(q, answers) for q in QUESTIONS}
    after = {q: standing_after_review(q, answers, reviews) for q in QUESTIONS}

    def percent(stand, full_when_open):
        return {q: (F(100 if full_when_open else 0) if s == OPEN else 100 * s / QUESTIONS[q]["max"]) for q, s in stand.items() if s not in (None, OUT)}

    merged = {q: (before[q] if after[q] is None else after[q]) for q in QUESTIONS}
    columns = [figures(percent(before, False), scheme), figures(percent(before, True), scheme),
               figures({q: F(s != OPEN) for q, s in before.items() if s != OUT}, scheme),
               figures(percent(after, False), scheme), figures(percent(after, True), scheme),
               figures({q: F(after[q] is not None) for q, s in merged.items() if s != OUT}, scheme)]
    weights = shares([q for q, s in before.items() if s != OUT], scheme)

    def row(key):
        return [text(c.get(key)) for c in columns] + [text(weights.get(key, {}).get(name, F(0))) for name in IN_INDEX]

    def question_row(q):
        s = before[q]
        points = [None, None] if s == OUT else [text(F(0) if s == OPEN else s), text(QUESTIONS[q]["max"] if s == OPEN else F(0))]
        return [state_of(q, answers), *points, *row(("question", q))]

    return {"id": sheet["id"], "indices": {n: row(("index", n)) for n in IN_INDEX},
            "dimensions": {d["id"]: row(("dimension", d["id"])) for d in DIMENSIONS},
            "indicators": {i["id"]: row(("indicator", i["id"])) for d in DIMENSIONS for i in d["indicators"]},
            "questions": {q: question_row(q) for q in QUESTIONS}}


nominal = {name: {q: [text(shares(list(QUESTIONS), scheme)[("question", q)].get(n, F(0))) if ("question", q) in shares(list(QUESTIONS), scheme) else "0/1" for n in IN_INDEX] for q in QUESTIONS}
           for name, scheme in given["schemes"].items()}
print('{"madeWith":' + json.dumps(f"Python {platform.python_version()}, fractions") + ',\n"nominal":' + json.dumps(nominal, separators=(",", ":")) + ',\n"sheets":[')
print(",\n".join(json.dumps(score_sheet(s), separators=(",", ":")) for s in given["sheets"]) + "\n]}")
