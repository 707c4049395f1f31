import { closestName } from './closest-name.ts'
import { checkHeader, isMissingText, parseNumberText, type TableRow } from './coinr.ts'
import { checkFramework, type Element, type Framework } from './framework.ts'
import type { Problem } from './problem.ts'

/** What a framework table (COINr's iMeta) says. Use it only when `problems` is empty. */
export interface FrameworkTable {
  readonly framework: Framework
  /** Element code -> name for people; only where one is given. */
  readonly names: ReadonlyMap<string, string>
  /** Indicator code -> size variable. */
  readonly denominators: Readonly<Record<string, string>>
  /** Indicator code -> target in raw units. */
  readonly targets: Readonly<Record<string, number>>
  readonly groupColumns: readonly string[]
  readonly denominatorColumns: readonly string[]
  /** Code -> line of the file. */
  readonly lines: ReadonlyMap<string, number>
  readonly problems: readonly Problem[]
}

const TYPES = ['Indicator', 'Aggregate', 'Group', 'Denominator', 'Other'] as const
type RowType = (typeof TYPES)[number]

/** One row, read; numbers are null where the cell is missing or was reported as a problem. */
interface MetaRow {
  readonly line: number
  readonly code: string
  readonly type: RowType
  readonly level: number | null
  readonly parent: string | null
  readonly direction: number | null
  readonly weight: number | null
  readonly name: string | null
  readonly target: number | null
  readonly denominator: string | null
}

/**
 * Read a framework table in COINr's iMeta layout: iCode, Level, Parent, Direction, Weight, Type (Indicator, Aggregate,
 * Group, Denominator, Other), optionally iName, Target, Denominator; other columns are passed over.
 * Left out: Direction 1, Weight 1. Every broken rule is reported, each with line, column and value.
 * @param rows the header and the rows below it; none at all is a problem, not an error
 */
export function readFrameworkTable(rows: readonly TableRow[]): FrameworkTable {
  const problems: Problem[] = []
  const [header, ...body] = rows
  if (header === undefined) {
    return assemble(
      [],
      [
        {
          source: 'framework',
          line: null,
          column: null,
          value: null,
          rule: 'the file is empty; it needs a header and one row per element',
        },
      ],
    )
  }
  problems.push(...checkHeader('framework', header, ['iCode', 'Level', 'Parent', 'Direction', 'Weight', 'Type']))
  if (problems.length > 0) return assemble([], problems)
  const read = body.flatMap((row) => {
    if (row.cells.length !== header.cells.length) {
      problems.push(problemAt(row.line, null, null, `the line has ${row.cells.length} cells, the header has ${header.cells.length}`))
      return []
    }
    return (
      readRow(
        row,
        header.cells.map((cell) => cell.trim()),
        problems,
      ) ?? []
    )
  })
  problems.push(...codeProblems(read), ...structureProblems(read))
  return assemble(read, problems)
}

function problemAt(line: number | null, column: string | null, value: string | null, rule: string): Problem {
  return { source: 'framework', line, column, value, rule }
}

function readRow(row: TableRow, columns: readonly string[], problems: Problem[]): MetaRow | null {
  const cell = (column: string) => {
    const text = row.cells[columns.indexOf(column)]
    return text === undefined || isMissingText(text) ? null : text.trim()
  }
  const note = (column: string, rule: string) => problems.push(problemAt(row.line, column, cell(column), rule))
  const number = (column: string) => {
    const value = parseNumberText(cell(column) ?? '')
    if (typeof value === 'string') note(column, value)
    return typeof value === 'string' ? null : value
  }
  // "NA" is how R writes a missing text; as a code it may be Namibia's, so codes are taken as they stand.
  const code = row.cells[columns.indexOf('iCode')]?.trim() ?? ''
  const type = TYPES.find((each) => each.toLowerCase() === cell('Type')?.toLowerCase())
  if (code === '') note('iCode', 'the element has no code; give it one')
  if (type === undefined) note('Type', `needs one of ${TYPES.join(', ')}`)
  if (code === '' || type === undefined) return null
  const [level, direction, weight, target] = [number('Level'), number('Direction'), number('Weight'), number('Target')]
  const parent = cell('Parent')
  const meta = {
    line: row.line,
    code,
    type,
    level,
    parent,
    direction,
    weight,
    target,
    name: cell('iName'),
    denominator: cell('Denominator'),
  }
  if (type === 'Indicator' || type === 'Aggregate') rangeProblems(meta, note)
  return meta
}

function rangeProblems({ type, level, direction, weight }: MetaRow, note: (column: string, rule: string) => void): void {
  if (level === null || !Number.isInteger(level) || level < 1) note('Level', 'a level is a whole number from 1 (indicator) upwards')
  else if (type === 'Indicator' && level !== 1) note('Level', 'an indicator has level 1')
  else if (type === 'Aggregate' && level === 1) note('Level', 'an aggregate has level 2 or higher')
  if (direction !== null && direction !== 1 && direction !== -1) note('Direction', 'needs 1 (more is better) or -1 (less is better)')
  if (weight !== null && weight < 0) note('Weight', 'a weight is a number of at least 0')
}

function codeProblems(rows: readonly MetaRow[]): Problem[] {
  const first = new Map<string, number>()
  return rows.flatMap(({ code, line }) => {
    const earlier = first.get(code)
    if (earlier !== undefined)
      return [problemAt(line, 'iCode', code, `the code stands already on line ${earlier}; every code is used once`)]
    first.set(code, line)
    return []
  })
}

function structureProblems(rows: readonly MetaRow[]): Problem[] {
  const byCode = new Map(rows.map((row) => [row.code, row]))
  const tree = rows.filter(({ type }) => type === 'Indicator' || type === 'Aggregate')
  const parents = new Set(tree.map(({ parent }) => parent))
  const roots = tree.filter(({ parent }) => parent === null)
  const problems = tree.flatMap((row) => elementProblems(row, byCode, parents))
  if (!tree.some(({ type }) => type === 'Indicator'))
    problems.push(problemAt(null, 'Type', null, 'there is no indicator; the index needs at least one'))
  if (tree.length > 0 && roots.length === 0)
    problems.push(problemAt(null, 'Parent', null, 'there is no index: exactly one aggregate has no parent'))
  for (const extra of roots.slice(1)) {
    const rule = `two elements have no parent, this one and "${roots[0]?.code}" (line ${roots[0]?.line}); only the index has none`
    problems.push(problemAt(extra.line, 'Parent', null, `${extra.code}: ${rule}`))
  }
  for (const family of Map.groupBy(
    tree.filter(({ parent }) => parent !== null),
    ({ parent }) => parent as string,
  ).entries()) {
    const [parent, children] = family
    if (children.every(({ weight }) => weight === 0)) {
      problems.push(
        problemAt(
          children[0]?.line ?? null,
          'Weight',
          '0',
          `all children of "${parent}" have weight 0; give at least one a positive weight`,
        ),
      )
    }
  }
  return [...problems, ...cycleProblems(tree, byCode)]
}

function elementProblems(row: MetaRow, byCode: ReadonlyMap<string, MetaRow>, parents: ReadonlySet<string | null>): Problem[] {
  const { code, line, type, parent, level, denominator } = row
  const problems: Problem[] = []
  const above = parent === null ? undefined : byCode.get(parent)
  if (parent !== null && above?.type !== 'Aggregate') {
    const near = closestName(
      parent,
      [...byCode.values()].filter((each) => each.type === 'Aggregate').map((each) => each.code),
    )
    const hint = near === null || near === parent ? '' : ` (did you mean "${near}"?)`
    problems.push(problemAt(line, 'Parent', parent, `${code}: the parent is no aggregate of this file${hint}; add it or correct the code`))
  } else if (above !== undefined && above.level !== null && level !== null && above.level <= level) {
    problems.push(
      problemAt(line, 'Level', String(level), `${code}: the parent "${above.code}" has level ${above.level}; a parent's level is greater`),
    )
  }
  if (type === 'Aggregate' && !parents.has(code))
    problems.push(problemAt(line, 'iCode', code, 'the aggregate has no children; remove it or name it as a parent'))
  if (type === 'Indicator' && denominator !== null && byCode.get(denominator)?.type !== 'Denominator') {
    problems.push(problemAt(line, 'Denominator', denominator, `${code}: this file has no row of type Denominator with this code`))
  }
  return problems
}

/** One line per cycle, at the row that stands first. */
function cycleProblems(tree: readonly MetaRow[], byCode: ReadonlyMap<string, MetaRow>): Problem[] {
  const settled = new Set<string>()
  return tree.flatMap((start) => {
    const path: string[] = []
    let at: string | null = start.code
    while (at !== null && byCode.has(at) && !settled.has(at) && !path.includes(at)) {
      path.push(at)
      at = byCode.get(at)?.parent ?? null
    }
    for (const code of path) settled.add(code)
    if (at === null || !path.includes(at)) return []
    const ring = [...path.slice(path.indexOf(at)), at].join(' -> ')
    return [
      problemAt(
        byCode.get(at)?.line ?? null,
        'Parent',
        byCode.get(at)?.parent ?? null,
        `${ring} is a cycle; an element cannot lie above itself`,
      ),
    ]
  })
}

function assemble(rows: readonly MetaRow[], problems: readonly Problem[]): FrameworkTable {
  const ofType = (type: RowType) => rows.filter((row) => row.type === type).map(({ code }) => code)
  const elements = rows
    .filter(({ type }) => type === 'Indicator' || type === 'Aggregate')
    .map(({ code, level, parent, weight, direction }): Element => ({
      code,
      parent,
      level: level ?? 1,
      weight: weight ?? 1,
      direction: direction === -1 ? -1 : 1,
    }))
  const indicators = rows.filter(({ type }) => type === 'Indicator')
  const table = {
    framework: { elements },
    names: new Map(rows.flatMap(({ code, name }) => (name === null ? [] : [[code, name] as const]))),
    denominators: Object.fromEntries(indicators.flatMap(({ code, denominator }) => (denominator === null ? [] : [[code, denominator]]))),
    targets: Object.fromEntries(indicators.flatMap(({ code, target }) => (target === null ? [] : [[code, target]]))),
    groupColumns: ofType('Group'),
    denominatorColumns: ofType('Denominator'),
    lines: new Map(rows.map(({ code, line }) => [code, line])),
  }
  // Whatever the rules above do not know is still refused, only without a line.
  const rest = problems.length > 0 ? [] : checkFramework(table.framework).map((rule) => problemAt(null, null, null, rule))
  return { ...table, problems: [...problems, ...rest] }
}
