import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import { inContext } from '../../db/context.ts'
import { groupFacts } from '../cities/fact.ts'
import { type FrozenWave, listFrozenWaves } from './all-cities-queries.ts'
import {
  type ComparedCity,
  getFactsMark,
  listComparedCities,
  listGroupFacts,
  listResultsAfter,
  listVerifiedAfter,
  type StoredResult,
  type VerifiedCore,
} from './queries.ts'
import { type CityFacts, ComparisonSample, ResultColumnsStore, type SampleMode, selectSample } from './sample.ts'

type Database = Pick<NodePgDatabase, 'transaction'>

export interface SampleRequest {
  instrumentVersionId: string
  scheme: string
  wave: { id: string; opensAt: Date }
  mode: SampleMode
  /** Leaves out what the reader may not see; the key names what is left. */
  only?: ShownResults
}

/** Which results a reader may see. */
export interface ShownResults {
  key: string
  isShown: (row: StoredResult) => boolean
  /** The reader must not see some of the results yet: those of cities that they judge, or as an expert those of any city that may be judged. */
  blind?: 'judging' | 'expert'
}

const factsAgeMs = 1_000

/** How many samples with their columns are kept; the oldest goes first. */
const keptSamples = 32

/**
 * Results of all cities in memory, column by column. They never change, so that only new ones are fetched; every page asks
 * for them with the same one or two queries, whatever the network's size. It reads in a transaction of its own: what the
 * caller's transaction has not committed is not there.
 */
export class ResultStore {
  private newestSeq = 0
  private newestVerifiedSeq = 0
  private readonly verified = new Map<number, VerifiedCore>()
  private factsMark = ''
  private factsCheckedAt = -Infinity
  private readonly tables = new Map<string, ResultColumnsStore>()
  private samples = new Map<string, ComparisonSample>()
  private shownWaves = new Map<string, ReadonlySet<string>>()
  private running: Promise<void> | null = null
  private waiting: Promise<void> | null = null
  cities: ReadonlyMap<string, ComparedCity> = new Map()
  facts: CityFacts = new Map()
  /** Waves with a frozen instrument, newest first. */
  waves: readonly FrozenWave[] = []

  /** Fetches what is new. Requests that come while another fetches share the next one, so that each sees what was there when it asked. */
  refresh(db: Database): Promise<void> {
    if (this.running === null) return (this.running = this.fetch(db).finally(() => (this.running = null)))
    this.waiting ??= this.running
      .catch(() => {})
      .then(() => {
        this.waiting = null
        return this.refresh(db)
      })
    return this.waiting
  }

  private async fetch(db: Database): Promise<void> {
    await inContext(db, { scope: 'comparison' }, async (tx) => {
      const [rows, verified, waves] = await Promise.all([
        listResultsAfter(tx, this.newestSeq),
        listVerifiedAfter(tx, this.newestVerifiedSeq),
        listFrozenWaves(tx),
      ])
      this.add(rows)
      this.addVerified(verified)
      this.waves = waves
      if (Date.now() - this.factsCheckedAt < factsAgeMs && rows.length === 0) return
      const mark = await getFactsMark(tx)
      if (mark !== this.factsMark) this.setFacts(await listComparedCities(tx), await listGroupFacts(tx))
      this.factsMark = mark
      this.factsCheckedAt = Date.now()
    })
  }

  private add(rows: readonly StoredResult[]): void {
    for (const row of rows) {
      const key = `${row.instrumentVersionId}/${row.scheme}`
      const table = this.tables.get(key) ?? new ResultColumnsStore()
      this.tables.set(key, table)
      table.add(row)
      this.newestSeq = Math.max(this.newestSeq, row.seq)
    }
    if (rows.length > 0) this.forget()
  }

  private addVerified(rows: Awaited<ReturnType<typeof listVerifiedAfter>>): void {
    for (const { seq, resultSeq, core } of rows) {
      this.verified.set(resultSeq, core)
      this.newestVerifiedSeq = Math.max(this.newestVerifiedSeq, seq)
    }
    if (rows.length > 0) this.forget()
  }

  /** What experts made of a result; null = no review of it is published. */
  verifiedOf({ seq }: StoredResult): VerifiedCore | null {
    return this.verified.get(seq) ?? null
  }

  /** Drops everything that was made from results, cities and facts. */
  private forget(): void {
    this.samples = new Map()
    this.shownWaves = new Map()
  }

  private setFacts(cities: readonly ComparedCity[], facts: Awaited<ReturnType<typeof listGroupFacts>>): void {
    const byCity = Map.groupBy(facts, ({ cityId }) => cityId)
    this.cities = new Map(cities.map((city) => [city.id, city]))
    this.facts = new Map(cities.map(({ id }) => [id, groupFacts(byCity.get(id) ?? [])]))
    this.forget()
  }

  private tableOf(instrumentVersionId: string, scheme: string): ResultColumnsStore {
    return this.tables.get(`${instrumentVersionId}/${scheme}`) ?? new ResultColumnsStore()
  }

  /** One result per city, to compare with; empty when there is none. Made once until something new arrives. */
  sample({ instrumentVersionId, scheme, wave, mode, only }: SampleRequest): ComparisonSample {
    const key = [instrumentVersionId, scheme, wave.id, mode, only?.key ?? ''].join('/')
    const known = this.samples.get(key)
    if (known) return known
    const table = this.tableOf(instrumentVersionId, scheme)
    const sample = new ComparisonSample(
      table,
      selectSample(only ? table.rows.filter(only.isShown) : table.rows, wave, mode, (cityId) => this.cities.has(cityId)),
      this.facts,
    )
    if (this.samples.size >= keptSamples) this.samples.delete(this.samples.keys().next().value!)
    this.samples.set(key, sample)
    return sample
  }

  /** Waves that have a result a reader may see. Made once until something new arrives. */
  waveIds(instrumentVersionId: string, scheme: string, { key: shown, isShown }: ShownResults): ReadonlySet<string> {
    const key = [instrumentVersionId, scheme, shown].join('/')
    const known = this.shownWaves.get(key)
    if (known) return known
    const rows = this.tableOf(instrumentVersionId, scheme).rows.filter((row) => this.cities.has(row.cityId) && isShown(row))
    const ids = new Set(rows.map(({ wave }) => wave.id))
    if (this.shownWaves.size >= keptSamples) this.shownWaves.delete(this.shownWaves.keys().next().value!)
    this.shownWaves.set(key, ids)
    return ids
  }

  /** Cities with a result of another instrument version, under whatever scheme, up to a wave. */
  citiesOfOtherVersions(instrumentVersionId: string, wave: { opensAt: Date }, { isShown }: ShownResults): Set<string> {
    const others = [...this.tables].filter(([key]) => !key.startsWith(`${instrumentVersionId}/`))
    const rows = others.flatMap(([, table]) => table.rows.filter((row) => row.wave.opensAt <= wave.opensAt && isShown(row)))
    return new Set(rows.map(({ cityId }) => cityId).filter((cityId) => this.cities.has(cityId)))
  }

  /** The newest result of each city and wave under a scheme, in the order of arrival. */
  list(instrumentVersionId: string, scheme: string): StoredResult[] {
    const newest = new Map<string, StoredResult>()
    for (const row of this.tableOf(instrumentVersionId, scheme).rows)
      if (this.cities.has(row.cityId)) newest.set(`${row.cityId}/${row.wave.id}`, row)
    return [...newest.values()].sort((a, b) => a.seq - b.seq)
  }

  /** A city's newest result in a wave before this one, with the same instrument version and scheme. */
  findPrevious({ instrumentVersionId, scheme, wave }: Omit<SampleRequest, 'mode'>, cityId: string): StoredResult | null {
    const earlier = this.tableOf(instrumentVersionId, scheme).rows.filter((row) => row.cityId === cityId && row.wave.opensAt < wave.opensAt)
    return earlier.reduce<StoredResult | null>(
      (best, row) =>
        best === null || row.wave.opensAt > best.wave.opensAt || (row.wave.id === best.wave.id && row.seq > best.seq) ? row : best,
      null,
    )
  }
}
