#!/usr/bin/env python3
"""Works out the expected scores of instrument/examples/ with exact fractions, independently of the engine: no code is shared.

It follows the rules of the method as they are written: question = 100 x points / max; weighted means upwards; not applicable
drops out; not known and not answered earn nothing in `score` and everything in `upper`; hidden by another answer earns nothing
and stays obtainable; hidden below an open question is open.

    python3 app/test/score-examples.py          compares the files with what it works out
    python3 app/test/score-examples.py --write  writes them (never zwoelfbrueck: that one is worked out by hand)
"""
import csv, json, pathlib, subprocess, sys
from fractions import Fraction as F

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / 'instrument'
# Node reads the YAML: in YAML 1.2, as the instrument is written, yes and no are words; Python's reader takes them for booleans.
READ = """
const { parse } = require('yaml'); const fs = require('fs'); const path = require('path')
const out = {}
for (const sub of ['.', 'questions', 'weights', 'examples']) for (const name of fs.readdirSync(path.join('instrument', sub)))
  if (name.endsWith('.yaml')) out[path.join(sub, name)] = parse(fs.readFileSync(path.join('instrument', sub, name), 'utf8'))
console.log(JSON.stringify(out))
"""
FILES = json.loads(subprocess.run(['node', '-e', READ], cwd=ROOT, capture_output=True, text=True, check=True).stdout)
TREE = FILES['instrument.yaml']
QUESTIONS = {q['id']: q for name, file in FILES.items() if name.startswith('questions/') for q in file['questions']}

EXAMPLES = {
    'aurenholm': ('by-dimension', 'Nearly complete and strong: several questions do not apply, almost every list is ticked beyond its cap.'),
    'brixhaven': ('by-dimension', 'Hardly begun: a few answers, a strategy in preparation, one ground for not applicable.'),
    'miralunga': ('by-dimension', 'Nearly complete: the strategy is not known, so that the questions that depend on it are open.'),
    'ostermorland': ('by-indicator', 'Mostly complete: three questions answered no hide others, whose answers stay in the sheet without counting.'),
    'tavornica': ('by-question', 'Half answered, much not known; a list ticked beyond its cap.'),
}


def read_sheet(name):
    with open(FOLDER / 'examples' / f'{name}.csv', newline='', encoding='utf-8-sig') as file:
        return {row['question']: row['answer'].strip() for row in csv.DictReader(file)}


def state_of(question, sheet):
    """'na', 'open', or the points earned."""
    condition = question.get('visibleIf')
    if condition:
        parent = QUESTIONS[condition['question']]
        above = state_of(parent, sheet)
        if above in ('na', 'open'):
            return above
        if above == 'hidden' or sheet.get(parent['id']) not in condition['options']:
            return 'hidden'
    answer = sheet.get(question['id'], '')
    if answer in ('', 'not-known'):
        return 'open'
    if answer == 'not-applicable':
        assert question.get('notApplicable') is True, question['id']
        return 'na'
    points = {option['id']: option['points'] for option in question['options']}
    chosen = answer.split(';')
    assert question['type'] == 'multiple' or len(chosen) == 1, question['id']
    return min(sum(points[option] for option in chosen), question['max'])


def figures_of(question, sheet):
    state = state_of(question, sheet)
    if state == 'na':
        return None
    if state == 'open':
        return (F(0), F(100), F(0))
    share = F(100 * (0 if state == 'hidden' else state), question['max'])
    return (share, share, F(1))


def mean(pairs):
    counted = [(F(str(weight)), value) for weight, value in pairs if value is not None]
    total = sum(weight for weight, _ in counted)
    if total == 0:
        return None
    return tuple(sum(weight * value[i] for weight, value in counted) / total for i in range(3))


def score(sheet, scheme):
    weights = FILES[f'weights/{scheme}.yaml']
    own = weights.get('questions', {})
    dimensions = {}
    for dimension in TREE['dimensions']:
        parts = []
        for indicator in dimension['indicators']:
            questions = [QUESTIONS[q] for q in indicator['questions']]
            parts.append((weights['indicators'][indicator['id']], mean([(own.get(q['id'], q['weight']), figures_of(q, sheet)) for q in questions])))
        dimensions[dimension['id']] = mean(parts)
    index = lambda sets: mean([(weights['dimensions'][d['id']], dimensions[d['id']]) for d in TREE['dimensions'] if d['set'] in sets])
    return {'core': index(['core']), 'extended': index(['core', 'extended']), 'dimensions': dimensions}


def line(level):
    parts = zip(('score', 'upper', 'coverage'), level or (None, None, None))
    return '{ ' + ', '.join(f'{name}: {"null" if value is None else value}' for name, value in parts) + ' }'


def document(name, scheme, description):
    result = score(read_sheet(name), scheme)
    lines = [
        '# Worked out with exact fractions by app/test/score-examples.py, which shares no code with the engine.',
        f'id: {name}', f'description: >-\n  {description}', f'instrument: {TREE["id"]}', f'version: {TREE["version"]}',
        f'sheet: {name}.csv', f'weights: {scheme}', 'expected:', f'  core: {line(result["core"])}', f'  extended: {line(result["extended"])}', '  dimensions:',
        *[f'    {id}: {line(level)}' for id, level in result['dimensions'].items()],
    ]
    return '\n'.join(lines) + '\n'


def check_by_hand(name):
    """The file that was worked out by hand must say the same."""
    file = FILES[f'examples/{name}.expected.yaml']
    result = score(read_sheet(name), file['weights'])
    said = {'core': file['expected']['core'], 'extended': file['expected']['extended'], **file['expected']['dimensions']}
    found = {'core': result['core'], 'extended': result['extended'], **result['dimensions']}
    return all(F(str(said[id][part])) == level[i] for id, level in found.items() for i, part in enumerate(('score', 'upper', 'coverage')))


if __name__ == '__main__':
    wrong = [] if check_by_hand('zwoelfbrueck') else ['zwoelfbrueck']
    for name, (scheme, description) in EXAMPLES.items():
        path = FOLDER / 'examples' / f'{name}.expected.yaml'
        text = document(name, scheme, description)
        if '--write' in sys.argv:
            path.write_text(text, encoding='utf-8')
        elif path.read_text(encoding='utf-8') != text:
            wrong.append(name)
    print('\n'.join(f'{name}: other figures' for name in wrong) or 'All expected scores agree.')
    sys.exit(1 if wrong else 0)
