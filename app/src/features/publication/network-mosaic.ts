import { inContext } from '../../db/context.ts'
import type { Services } from '../../services.ts'
import type { Tessera } from '../../ui/charts/mosaic-plan.ts'
import type { Shares } from '../../ui/charts/tint.ts'
import type { StoredResult } from '../benchmark/queries.ts'
import { actionFields, defaultScheme, type Instrument } from '../instrument/instrument.ts'
import { indicatorElement } from '../results/elements.ts'
import { listClosedWaveIds } from './queries.ts'

/** For each indicator, how many of its questions touch each action field. */
function fieldCounts(instrument: Instrument): { element: string; counts: number[] }[] {
  return instrument.dimensions.flatMap(({ indicators }) =>
    indicators.map(({ id, questions }) => ({
      element: indicatorElement(id),
      counts: actionFields.map((field) => questions.filter((question) => question.fields.includes(field)).length),
    })),
  )
}

/** Mean score of the indicators that touch each action field, weighted by how many of their questions do. */
export function fieldProfile(
  result: Pick<StoredResult, 'elements' | 'scores'>,
  counts: readonly { element: string; counts: number[] }[],
): Shares {
  const positions = new Map(result.elements.split(' ').map((element, i) => [element, i]))
  const profile = actionFields.map((_, field) => {
    let sum = 0
    let weight = 0
    for (const { element, counts: perField } of counts) {
      const score = result.scores[positions.get(element) ?? -1] ?? NaN
      if (Number.isNaN(score)) continue
      sum += score * perField[field]!
      weight += perField[field]!
    }
    return weight === 0 ? 0 : sum / weight
  })
  return profile as unknown as Shares
}

const even: Shares = [1, 1, 1, 1, 1]

/** The cities of the network as stones, tinted by their newest result in a closed wave. A real city is plain until its result is published. */
export async function networkTesserae({ db, results, instruments, now }: Services): Promise<Tessera[]> {
  await results.refresh(db)
  const closed = new Set(await inContext(db, { scope: 'comparison' }, (tx) => listClosedWaveIds(tx, now())))
  const counts = fieldCounts(instruments.current)
  const profiles = new Map<string, Shares>()
  for (const result of results.list(instruments.currentId, defaultScheme(instruments.current).id))
    if (closed.has(result.wave.id)) profiles.set(result.cityId, fieldProfile(result, counts))
  return [...results.cities.values()].map(({ id, slug, name, isSynthetic }) => ({
    id,
    label: name,
    href: `/cities/${slug}`,
    shares: (isSynthetic ? profiles.get(id) : undefined) ?? even,
  }))
}
