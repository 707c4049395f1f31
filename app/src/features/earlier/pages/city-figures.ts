import { bandOf, type Band, type InstrumentName, type Place, smallestBand } from '../earlier.ts'
import type { ComparableScore, StoredEarlierFigure } from '../queries.ts'
import type { StoredFigure } from '../../cities/queries.ts'

/** A figure of the city beside the other cities that have published it. */
export interface ComparedFigure {
  code: string
  value: number
  year: number | null
  /** Cities with this figure, this one among them. */
  n: number
  /** The newest score of each other city. */
  others: number[]
  /** Null under five cities. */
  band: Band | null
}

/** Figures of the city that come from one questionnaire and version. */
export interface FigureGroup extends InstrumentName {
  figures: readonly StoredEarlierFigure[]
  compared: readonly ComparedFigure[]
}

type Scored = Place & { year: number | null; value: number | null; code: string }

const isSamePlace = (a: Place, b: Place): boolean => a.city.toLowerCase() === b.city.toLowerCase() && a.country === b.country

/** The newest score of each figure of a place, in the order of the figures, each beside those of the other places. */
export function compareFigures(place: Place, all: readonly Scored[]): ComparedFigure[] {
  return [...Map.groupBy(all, ({ code }) => code)].flatMap(([code, figures]) => {
    const own = figures
      .filter((figure) => figure.value !== null && isSamePlace(figure, place))
      .sort((a, b) => (b.year ?? 0) - (a.year ?? 0))[0]
    if (own === undefined) return []
    const band = bandOf(figures)!
    const others = bandOf(figures.filter((figure) => !isSamePlace(figure, place)))?.scores ?? []
    const { value, year } = own
    return [{ code, value: value!, year, n: band.n, others, band: band.n >= smallestBand ? band : null }]
  })
}

/** Published results: the score as a whole first, then the indicators. */
export function compareReference(place: Place, figures: readonly StoredFigure[]): ComparedFigure[] {
  const results = figures.flatMap((figure) => (figure.kind === 'result' && figure.city !== null ? [{ ...figure, city: figure.city }] : []))
  return wholeFirst(compareFigures(place, results))
}

const isWhole = ({ code }: ComparedFigure): boolean => code === 'index' || code === 'overall'
const wholeFirst = (compared: ComparedFigure[]): ComparedFigure[] => [...compared].sort((a, b) => Number(isWhole(b)) - Number(isWhole(a)))

/** Imported figures of a place by questionnaire and version. @param all the same figures of every place */
export function groupFigures(place: Place, own: readonly StoredEarlierFigure[], all: readonly ComparableScore[]): FigureGroup[] {
  const keyOf = ({ instrument, instrumentVersion }: InstrumentName) => `${instrument}\u0000${instrumentVersion}`
  const comparable = Map.groupBy(all, keyOf)
  return [...Map.groupBy(own, keyOf)].map(([key, figures]) => ({
    instrument: figures[0]!.instrument,
    instrumentVersion: figures[0]!.instrumentVersion,
    figures: [...figures].sort(
      (a, b) => b.year - a.year || Number(b.code === 'index') - Number(a.code === 'index') || a.code.localeCompare(b.code),
    ),
    compared: wholeFirst(compareFigures(place, comparable.get(key) ?? [])),
  }))
}
