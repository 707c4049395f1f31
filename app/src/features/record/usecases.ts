import { ENGINE_VERSION } from '@tessera/engine'
import { hashOf } from '../../canonical.ts'
import type { Db } from '../../db/open.ts'
import type { StoredEvent } from '../audit/audit.ts'
import { verifiedFiguresHash } from '../agreement/verified.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { type FrozenContent, scoreFrozen } from '../results/frozen.ts'
import { readPresentState } from './present-queries.ts'
import { listFrozen, listFrozenVersions, listRegistrations, listResultRows, listVerified } from './queries.ts'
import { compareStates, type Comparison, replay } from './replay.ts'
import { type Finding, findBrokenSeals, type SealedRow, verifiedSeal } from './seals.ts'

const atOnce = 200 // frozen copies in memory at one time

type ResultRow = Awaited<ReturnType<typeof listResultRows>>[number]
type FrozenRow = Awaited<ReturnType<typeof listFrozen>>[number]

const figuresOf = ({
  scheme,
  inputsHash,
  elements,
  exactScores,
  scores,
  uppers,
  coverages,
}: Omit<ResultRow, 'seq' | 'frozenId' | 'cityId' | 'waveId' | 'instrumentVersionId' | 'createdAt' | 'engineVersion'>) =>
  hashOf({ scheme, inputsHash, elements, exactScores, figures: [scores, uppers, coverages].map((row) => row.map(String)) })

/** A copy by its own hash, and its results by what the engine makes of the copy now. */
async function sealCopy(db: Db, instruments: InstrumentStore, row: FrozenRow, own: readonly ResultRow[]): Promise<SealedRow[]> {
  const { id, content, contentHash, instrumentVersionId, isSynthetic } = row
  const copy: SealedRow = { kind: 'frozen', key: id, computed: hashOf(content), stated: contentHash, isSynthetic }
  const stored = own.filter(({ engineVersion }) => engineVersion === ENGINE_VERSION) // an older engine's figures cannot be computed anew
  if (copy.computed !== copy.stated || instrumentVersionId === null || stored.length === 0) return [copy]
  const instrument = await instruments.get(db, instrumentVersionId)
  const computed = new Map(scoreFrozen(instrument, content as FrozenContent, contentHash).map((each) => [each.scheme, figuresOf(each)]))
  return [
    copy,
    ...stored.map((result): SealedRow => {
      const { scheme } = result
      return { kind: 'result', key: `${id}/${scheme}`, computed: computed.get(scheme) ?? '', stated: figuresOf(result), isSynthetic }
    }),
  ]
}

async function sealCopies(db: Db, instruments: InstrumentStore): Promise<SealedRow[]> {
  const byCopy = Map.groupBy(await listResultRows(db), ({ frozenId }) => frozenId)
  const sealed: SealedRow[] = []
  for (let offset = 0; ; offset += atOnce) {
    const rows = await listFrozen(db, atOnce, offset)
    for (const row of rows) sealed.push(...(await sealCopy(db, instruments, row, byCopy.get(row.id) ?? [])))
    if (rows.length < atOnce) return sealed
  }
}

/** What belongs to the review of frozen copies. */
async function sealReviews(db: Db): Promise<SealedRow[]> {
  const registrations = (await listRegistrations(db)).map(({ slug, registration: { version, content, contentHash } }): SealedRow => {
    return { kind: 'method', key: `wave:${slug}/${version}`, computed: hashOf(content), stated: contentHash, isSynthetic: false }
  })
  const versions = (await listFrozenVersions(db)).map(
    ({ frozenId, questionId, version, options, missing, reason, explanation, language, contentHash }): SealedRow => {
      const computed = hashOf({ frozen: frozenId, question: questionId, version, options, missing, reason, explanation, language })
      return { kind: 'frozen-answer', key: contentHash, computed, stated: contentHash, isSynthetic: false }
    },
  )
  const verified = (await listVerified(db)).map((row): SealedRow => {
    const [core, extended] = row.exactScores
    const { scheme, inputsHash, methodHash } = row
    const seal = verifiedSeal(methodHash, { scheme, inputsHash, core, extended, figuresHash: verifiedFiguresHash(row) })
    return { kind: 'verified', key: `${row.reviewId}/${scheme}`, computed: seal, stated: seal, isSynthetic: false }
  })
  return [...registrations, ...versions, ...verified]
}

/** Holds every sealed row against the events; the chain itself is checked elsewhere. */
export async function checkSeals(
  db: Db,
  instruments: InstrumentStore,
  events: readonly StoredEvent[],
): Promise<{ findings: Finding[]; checked: number }> {
  const rows = [...(await sealCopies(db, instruments)), ...(await sealReviews(db))]
  return { findings: findBrokenSeals(events, rows), checked: rows.length }
}

/** Rebuilds the present state from the events and holds it against the database. */
export async function checkReplay(db: Db, events: readonly StoredEvent[]): Promise<Comparison> {
  const { state, synthetic } = await readPresentState(db)
  return compareStates(replay(events), state, (key) => synthetic.has(key))
}
