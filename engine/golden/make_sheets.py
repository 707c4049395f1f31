"""Writes scoring-input.json: a small questionnaire that uses every rule, three weight schemes and 30 random sheets.

Usage: python3 make_sheets.py > scoring-input.json      (Python 3.11.7; the seed is fixed, the output always the same)
"""
import json
import random

draw = random.Random(20260301)
DECIMALS = [0.25, 0.5, 0.75, 1, 1, 1, 1.25, 1.5, 2, 3.3]


def option(name, points):
    return {"id": name, "points": points}


def question(name, number):
    kind = ["single", "multiple", "share", "single"][number % 4]
    if kind == "multiple":
        options = [option(f"tick-{k}", draw.choice([0.5, 1, 1, 1.5, 2])) for k in range(1, 6)] + [option("none", 0)]
        limit = draw.choice([3, 4, 2.5])
    elif kind == "share":
        options = [option(f"band-{k}", k if k < 4 else 5) for k in range(0, 5)]
        limit = 5
    else:
        limit = draw.choice([1, 2, 3, 4, 2.5])
        options = [option("yes", limit), option("planned", limit / 4), option("no", 0)]
    return {"id": name, "type": kind, "options": options, "max": limit, "weight": draw.choice(DECIMALS),
            "allowsNotApplicable": draw.random() < 0.35, "visibleIf": None}


SHAPE = {  # dimension -> (set, {indicator: number of questions}); "mediation" is both a dimension and an indicator
    "commitment": ("core", {"commitment": 4}),
    "lens": ("core", {"education": 4, "housing": 3, "services": 3, "space": 2}),
    "mediation": ("core", {"mediation": 2}),
    "language": ("core", {"language": 3}),
    "participation": ("extended", {"voice": 2, "interaction": 3}),
}


def questionnaire():
    dimensions, number = [], 0
    for dimension, (part, indicators) in SHAPE.items():
        listed = []
        for indicator, count in indicators.items():
            listed.append({"id": indicator, "questions": [question(f"{indicator[:3]}-{k:02}", number + k) for k in range(1, count + 1)]})
            number += count
        dimensions.append({"id": dimension, "set": part, "indicators": listed})
    by_id = {q["id"]: q for d in dimensions for i in d["indicators"] for q in i["questions"]}
    by_id["int-03"]["weight"] = 0
    # Single-choice parents; com-03 -> com-04 -> edu-01 is a chain, lan-01 stands before its parent.
    conditions = {"com-04": ("com-03", ["yes"]), "edu-01": ("com-04", ["yes", "planned"]), "hou-02": ("edu-03", ["yes"]),
                  "ser-03": ("edu-04", ["planned", "yes"]), "lan-01": ("lan-03", ["yes"]), "int-01": ("spa-01", ["yes", "planned"])}
    for child, (parent, options) in conditions.items():
        if by_id[parent]["type"] != "single":
            limit = by_id[parent]["max"]
            by_id[parent].update(type="single", options=[option("yes", limit), option("planned", 0.5), option("no", 0)])
        by_id[parent]["allowsNotApplicable"] = True
        by_id[child]["visibleIf"] = {"question": parent, "options": options}
    return {"dimensions": dimensions}


def schemes(asked):
    dimensions = {d["id"]: d for d in asked["dimensions"]}
    indicators = {i["id"]: i for d in asked["dimensions"] for i in d["indicators"]}
    return {
        "by-dimension": {"id": "by-dimension", "dimensions": dict.fromkeys(dimensions, 1), "indicators": dict.fromkeys(indicators, 1)},
        "by-question": {"id": "by-question",
                        "dimensions": {k: sum(len(i["questions"]) for i in d["indicators"]) for k, d in dimensions.items()},
                        "indicators": {k: len(i["questions"]) for k, i in indicators.items()}},
        "uneven": {"id": "uneven", "dimensions": {k: draw.choice(DECIMALS) for k in dimensions},
                   "indicators": {k: (0 if k == "space" else draw.choice(DECIMALS)) for k in indicators},
                   "questions": {"edu-02": 0.1, "com-01": 7}},
    }


def sheet(number, asked, scheme_ids):
    openness, share_reviewed = draw.choice([0, 0.1, 0.3, 0.7]), draw.choice([0, 0.3, 0.8, 1])
    answers, reviews = {}, {}
    for q in [q for d in asked["dimensions"] for i in d["indicators"] for q in i["questions"]]:
        if draw.random() < openness:
            if draw.random() < 0.5:
                answers[q["id"]] = {"kind": draw.choice(["notKnown", "notAnswered"])}
        elif q["allowsNotApplicable"] and draw.random() < 0.4:
            answers[q["id"]] = {"kind": "notApplicable"}
        elif q["type"] == "multiple":
            ticks = [o["id"] for o in q["options"] if o["id"] != "none" and draw.random() < 0.5]
            answers[q["id"]] = {"kind": "answered", "options": ticks or ["none"]}
        else:
            answers[q["id"]] = {"kind": "answered", "options": [draw.choice(q["options"])["id"]]}
        if draw.random() < share_reviewed:
            kind = draw.choice(["agreed", "agreed", "agreedWithNote", "changed", "notSupported", "needMore"])
            reviews[q["id"]] = {"kind": kind, "points": draw.choice([o["points"] for o in q["options"] if o["points"] <= q["max"]])} if kind == "changed" else {"kind": kind}
    return {"id": f"sheet-{number:02}", "scheme": scheme_ids[number % len(scheme_ids)], "answers": answers, "reviews": reviews}


asked = questionnaire()
weights = schemes(asked)
sheets = [sheet(n, asked, list(weights)) for n in range(1, 31)]
print("{" + '"questionnaire":' + json.dumps(asked, separators=(",", ":")) + ",\n" + '"schemes":' + json.dumps(weights, separators=(",", ":")) + ",\n" + '"sheets":[')
print(",\n".join(json.dumps(s, separators=(",", ":")) for s in sheets) + "\n]}")
