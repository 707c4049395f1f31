import { compareFractions, type Fraction, fractionFrom, snapScore } from '@tessera/engine'
import type { GroupFacts } from '../cities/fact.ts'
import type { IndexId } from '../results/elements.ts'
import type { StoredResult } from './queries.ts'
import { sortColumn } from './sorted.ts'

/** Under this coverage a level has no place in statistics and ranks. The engine decides it exactly for single results. */
const coverageThreshold = 0.65

/** Facts that decide about groups, by city. */
export type CityFacts = ReadonlyMap<string, GroupFacts>

/** all: each city's newest result up to the wave; wave: results of the wave itself only. */
export type SampleMode = 'all' | 'wave'

/** Results of one instrument version under one weight scheme, column by column; only ever added to. */
export class ResultColumnsStore {
  readonly rows: StoredResult[] = []
  private readonly positions = new Map<string, ReadonlyMap<string, number>>()

  add(result: StoredResult): void {
    this.rows.push(result)
    if (!this.positions.has(result.elements))
      this.positions.set(result.elements, new Map(result.elements.split(' ').map((element, i) => [element, i])))
  }

  /** Position of an element in a row's arrays; the order may differ between releases. */
  positionIn(row: StoredResult, element: string): number | null {
    return this.positions.get(row.elements)?.get(element) ?? null
  }
}

/** Coverage that decides about a level; the geometric check has that of its index. */
const coverageElement = (element: string): string => element.replace(/^geometric:/, '')

/** One result per city: what a city is compared with. Columns are made once, when they are first asked for. */
export class ComparisonSample {
  readonly rows: readonly StoredResult[]
  /** What decides about groups, by city. */
  readonly facts: CityFacts
  private readonly store: ResultColumnsStore
  private readonly rowOfCity: ReadonlyMap<string, number>
  private readonly columns = new Map<string, Float64Array>()
  private readonly sortedColumns = new Map<string, Float64Array>()
  private readonly exactColumns = new Map<IndexId, (Fraction | null)[]>()
  private readonly rankedColumns = new Map<IndexId, Fraction[]>()
  private readonly made = new Map<string, unknown>()

  constructor(store: ResultColumnsStore, rows: readonly StoredResult[], facts: CityFacts) {
    this.store = store
    this.rows = rows
    this.facts = facts
    this.rowOfCity = new Map(rows.map(({ cityId }, i) => [cityId, i]))
  }

  /** What follows from rows and facts alone is made once; neither changes in a sample. */
  once<T>(key: string, make: () => T): T {
    if (!this.made.has(key)) this.made.set(key, make())
    return this.made.get(key) as T
  }

  positionOf(cityId: string): number | null {
    return this.rowOfCity.get(cityId) ?? null
  }

  /** Score of a row as it counts in comparisons: null when nothing applies or it is provisional. */
  private scoreOf(row: StoredResult, element: string): number {
    const position = this.store.positionIn(row, element)
    const covered = this.store.positionIn(row, coverageElement(element))
    if (position === null || covered === null) return NaN
    return row.coverages[covered]! >= coverageThreshold ? row.scores[position]! : NaN
  }

  /** Scores in the order of the rows; NaN = none, or provisional. */
  column(element: string): Float64Array {
    const known = this.columns.get(element)
    if (known) return known
    const isCheck = element.startsWith('geometric:')
    const column = Float64Array.from(this.rows, (row) => {
      const score = this.scoreOf(row, element)
      return isCheck && !Number.isNaN(score) ? snapScore(score) : score
    })
    this.columns.set(element, column)
    return column
  }

  /** Scores that count, ascending. */
  sorted(element: string): Float64Array {
    const known = this.sortedColumns.get(element) ?? sortColumn(this.column(element))
    this.sortedColumns.set(element, known)
    return known
  }

  /** Exact scores of an index in the order of the rows; null = none, or provisional. */
  exact(index: IndexId): readonly (Fraction | null)[] {
    const known = this.exactColumns.get(index)
    if (known) return known
    const scores = this.column(index)
    const column = this.rows.map(({ exactIndices }, i) => {
      const text = exactIndices[index === 'core' ? 0 : 1]
      return text && !Number.isNaN(scores[i]) ? fractionFrom(text) : null
    })
    this.exactColumns.set(index, column)
    return column
  }

  /** Exact scores of an index that have a rank, highest first. */
  ranked(index: IndexId): readonly Fraction[] {
    const known = this.rankedColumns.get(index)
    if (known) return known
    const ranked = this.exact(index)
      .filter((score) => score !== null)
      .sort((a, b) => compareFractions(b, a))
    this.rankedColumns.set(index, ranked)
    return ranked
  }
}

/** Newer: of a later wave, or in the same wave handed in again. */
const isNewer = (a: StoredResult, b: StoredResult): boolean =>
  a.wave.opensAt.getTime() - b.wave.opensAt.getTime() > 0 || (a.wave.opensAt.getTime() === b.wave.opensAt.getTime() && a.seq > b.seq)

/**
 * The newest result of each city up to and including a wave, in the order of arrival.
 * @param isKnown cities that still exist
 */
export function selectSample(
  rows: readonly StoredResult[],
  wave: { id: string; opensAt: Date },
  mode: SampleMode,
  isKnown: (cityId: string) => boolean,
): StoredResult[] {
  const newest = new Map<string, StoredResult>()
  for (const row of rows) {
    const belongs = mode === 'wave' ? row.wave.id === wave.id : row.wave.opensAt <= wave.opensAt
    if (!belongs || !isKnown(row.cityId)) continue
    const best = newest.get(row.cityId)
    if (best === undefined || isNewer(row, best)) newest.set(row.cityId, row)
  }
  return [...newest.values()].sort((a, b) => a.seq - b.seq)
}
