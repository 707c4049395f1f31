import { rankScores, type DataTable, type FrameworkTable, type IndexResult } from '@tessera/engine'

/** A number with 17 significant digits and no zeros at its end, as C and R write it with %.17g. Missing is empty. */
export function formatNumber(value: number | null): string {
  if (value === null) return ''
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value)
  const [digits = '', exponent] = value.toPrecision(17).split('e')
  const short = digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits
  return exponent === undefined ? short : `${short}e${exponent.replace(/^([+-])(\d)$/, '$10$2')}`
}

/** One line of CSV (RFC 4180, line feed). */
export function formatCsvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\n`
}

/**
 * results.csv: uCode, (Time, if the data have several points in time), every aggregate by its code in the order of the
 * framework, rank of the index; with a group column, also the label and the rank among the units that share it.
 */
export function formatResults(result: IndexResult, { framework }: FrameworkTable, data: DataTable, group: string | null): string {
  const aggregates = framework.elements.filter(({ level }) => level > 1).map(({ code }) => code)
  const columns = aggregates.map((code) => result.scores[result.elements.indexOf(code)] as readonly (number | null)[])
  const times = new Set(result.times ?? []).size > 1 ? result.times : null
  const labels = group === null ? null : (data.dataset.groups.get(group) ?? null)
  const groupRanks = labels && rankWithin(result, framework, labels)
  const header = ['uCode', ...(times ? ['Time'] : []), ...aggregates, 'rank', ...(labels ? [group ?? '', 'rank_in_group'] : [])]
  const lines = result.units.map((unit, i) => [
    unit,
    ...(times ? [times[i] ?? ''] : []),
    ...columns.map((column) => formatNumber(column[i] ?? null)),
    formatNumber(result.ranks[i] ?? null),
    ...(labels ? [labels[i] ?? '', formatNumber(groupRanks?.[i] ?? null)] : []),
  ])
  return [header, ...lines].map(formatCsvLine).join('')
}

/** Ranks of the index among the units with the same label (and the same point in time, when those are separate). */
function rankWithin(result: IndexResult, framework: FrameworkTable['framework'], labels: readonly (string | null)[]): (number | null)[] {
  const root = framework.elements.find(({ parent }) => parent === null)?.code ?? ''
  const scores = result.scores[result.elements.indexOf(root)] ?? []
  const ranks = labels.map((): number | null => null)
  const keyOf = (i: number) => JSON.stringify([labels[i], result.method.time === 'separate' ? result.times?.[i] : null])
  for (const members of Map.groupBy(labels.keys(), keyOf).values()) {
    if (labels[members[0] as number] === null) continue
    rankScores(
      members.map((i) => scores[i] ?? null),
      result.method.ranking.ties,
    ).forEach((rank, place) => (ranks[members[place] as number] = rank))
  }
  return ranks
}

/** What a reader should know beside the numbers, one line each; empty when there is nothing. */
export function listNotes(result: IndexResult, data: DataTable): string[] {
  const times = new Set(result.times ?? []).size
  const cell = ({ unit, indicator }: { unit: string; indicator: string }) => `${unit}/${indicator}`
  const broken = result.treatments.filter(({ passedAfter }) => passedAfter === false).map(({ indicator }) => indicator)
  const notes: [boolean, string][] = [
    [data.unused.length > 0, `Columns that the framework does not name, passed over: ${data.unused.join(', ')}`],
    [
      times > 1 && result.method.time === 'pooled',
      `${times} points in time: one scale and one ranking over all rows (--time separate: each by itself)`,
    ],
    [result.screened.length > 0, `Units left out for lack of data: ${result.screened.map(({ unit }) => unit).join(', ')}`],
    [result.imputed.length > 0, `Values imputed: ${result.imputed.length}`],
    [
      result.stillMissing.length > 0 && result.method.imputation.kind !== 'none',
      `Values that could not be imputed: ${result.stillMissing.map(cell).join(', ')}`,
    ],
    [result.changed.length > 0, `Values changed by treatment: ${result.changed.length}`],
    [broken.length > 0, `Indicators that still break the outlier rule: ${broken.join(', ')}`],
    [result.opposed.length > 0, `Elements that run against their siblings: ${result.opposed.join(', ')}`],
  ]
  return notes.filter(([applies]) => applies).map(([, note]) => note)
}
