import { inContext, systemContext } from '../../db/context.ts'
import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { can, type Person } from '../../permissions.ts'
import type { Services } from '../../services.ts'
import type { TextKey } from '../../text/catalogue.ts'
import { listHolders } from '../accounts/membership-queries.ts'
import { recordEvent } from '../audit/queries.ts'
import type { City } from '../cities/city.ts'
import { slugOf } from '../cities/city.ts'
import { authorOf } from '../cities/operator.ts'
import { listCitiesNamed } from '../cities/queries.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { tellAll } from '../notices/telling.ts'
import { findFreezeRequest, findWave, type FreezeRequest, insertAssessments, insertWave, type WaveChange, writeWave } from './queries.ts'
import { closingProblem, periodProblem, type Wave, type WaveStep, waveSteps } from './wave.ts'

/**
 * Reads which cities take part in which waves, which is public, although the rows it stands in also hold their progress, which is not.
 * Only for queries that give names of waves and cities and nothing else.
 */
export function inParticipation<T>(services: Services, work: (db: Db) => Promise<T>): Promise<T> {
  return inContext(services.db, systemContext, work)
}

/** @throws {AppError} WAVE_NOT_FOUND */
export async function getWave(db: Db, slug: string): Promise<Wave> {
  const wave = await findWave(db, slug)
  if (wave === null) throw new AppError('WAVE_NOT_FOUND')
  return wave
}

function requireNetwork(person: Person): void {
  const permission = can(person, 'waves.manage')
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
}

/** A wave for whoever may manage it. @throws {AppError} NOT_ALLOWED, WAVE_NOT_FOUND */
export function getManagedWave(db: Db, person: Person, slug: string): Promise<Wave> {
  requireNetwork(person)
  return getWave(db, slug)
}

const invalid = (path: string, message: string) => new AppError('INPUT_INVALID', {}, { fields: [{ path, message }] })

function requireStep(wave: Wave, step: WaveStep, now: Date): void {
  const available = waveSteps[step](wave, now)
  if (!available.ok) throw new AppError('STEP_NOT_AVAILABLE', { reason: available.reason }, { reason: available.reason })
}

export interface NewWave {
  name: string
  opensAt: Date
  closesAt: Date
}

/**
 * Plans a wave; its address comes from its name.
 * @throws {AppError} NOT_ALLOWED, INPUT_INVALID, WAVE_SLUG_TAKEN
 */
export async function createWave(db: Db, person: Person, input: NewWave, now: Date): Promise<Wave> {
  requireNetwork(person)
  const problem = periodProblem(input, now)
  if (problem !== null) throw invalid('closesAt', problem)
  const wave = await insertWave(db, { ...input, slug: slugOf(input.name), createdAt: now, createdBy: person.id })
  if (wave === null) throw new AppError('WAVE_SLUG_TAKEN')
  await record(
    db,
    person,
    wave,
    'wave.created',
    { name: wave.name, opensAt: wave.opensAt.toISOString(), closesAt: wave.closesAt.toISOString() },
    now,
  )
  return wave
}

function record(db: Db, person: Person, wave: Wave, action: string, payload: unknown, now: Date): Promise<void> {
  return recordEvent(db, { action, personId: authorOf(person), cityId: null, subject: `wave:${wave.slug}`, payload, now })
}

/** A wave, in the version the person has seen. */
export interface WaveKey {
  wave: string
  version: number
}

/** Lost updates are refused before anything else: what the person saw is no longer true. */
function unchanged(wave: Wave, { version }: WaveKey): Wave {
  if (wave.version !== version) throw new AppError('WAVE_CHANGED', {}, { currentVersion: wave.version })
  return wave
}

const getUnchanged = async (db: Db, person: Person, key: WaveKey): Promise<Wave> =>
  unchanged(await getManagedWave(db, person, key.wave), key)

async function write(db: Db, wave: Wave, change: WaveChange): Promise<Wave> {
  const written = await writeWave(db, wave.id, wave.version, change)
  if (written === null) throw new AppError('WAVE_CHANGED')
  return written
}

/**
 * Changes name and dates of a wave that is not frozen yet. Its address stays.
 * @throws {AppError} NOT_ALLOWED, WAVE_CHANGED, STEP_NOT_AVAILABLE, INPUT_INVALID
 */
export async function updateWave(db: Db, person: Person, input: WaveKey & NewWave, now: Date): Promise<Wave> {
  const wave = await getUnchanged(db, person, input)
  requireStep(wave, 'update', now)
  const problem = periodProblem(input, now)
  if (problem !== null) throw invalid('closesAt', problem)
  const asked = { freezeAskedAt: null, freezeAskedBy: null, freezeAskedFor: null } // what somebody asked for was another wave
  const written = await write(db, wave, { name: input.name, opensAt: input.opensAt, closesAt: input.closesAt, ...asked })
  await record(
    db,
    person,
    written,
    'wave.updated',
    { name: written.name, opensAt: written.opensAt.toISOString(), closesAt: written.closesAt.toISOString() },
    now,
  )
  return written
}

/** A wave for whoever may freeze it: the network coordination and the lead of the evaluation. @throws {AppError} NOT_ALLOWED, WAVE_NOT_FOUND */
export function getFreezableWave(db: Db, person: Person, slug: string): Promise<Wave> {
  const permission = can(person, 'wave.freeze')
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
  return getWave(db, slug)
}

const unavailable = (reason: TextKey) => new AppError('STEP_NOT_AVAILABLE', { reason }, { reason })

/** What keeps this person from confirming; null = nothing. A request for an older version of the questionnaire counts no more. */
export function freezeObstacle(request: FreezeRequest | null, personId: string, currentId: string): TextKey | null {
  if (request === null || request.instrumentVersionId !== currentId) return 'waves.freeze.reason.notAsked'
  return request.askedBy?.id === personId ? 'waves.freeze.reason.fourEyes' : null
}

/**
 * Asks for freezing the present version of the questionnaire into a wave. Two people freeze: somebody else confirms.
 * @throws {AppError} NOT_ALLOWED, WAVE_CHANGED, STEP_NOT_AVAILABLE
 */
export async function askFreeze(db: Db, person: Person, instruments: InstrumentStore, key: WaveKey, now: Date): Promise<Wave> {
  const wave = await getUnchanged(db, person, key)
  requireStep(wave, 'freeze', now)
  const request = await findFreezeRequest(db, wave.id)
  if (request?.instrumentVersionId === instruments.currentId) throw unavailable('waves.freeze.reason.asked')
  const asked = { freezeAskedAt: now, freezeAskedBy: person.id, freezeAskedFor: instruments.currentId }
  const written = await write(db, wave, asked)
  const others = [...(await listHolders(db, 'network-coordinator', null)), ...(await listHolders(db, 'evaluation-coordinator', null))]
  await tellAll(
    db,
    others.map(({ id }) => id),
    { kind: 'freeze-asked', cityId: null, subject: { who: person.name, wave: wave.name }, address: `/network/waves/${wave.slug}/freeze` },
    person.id,
    now,
  )
  await record(db, person, written, 'wave.freeze-asked', { instrumentVersionId: instruments.currentId }, now)
  return written
}

/**
 * Freezes the version of the questionnaire that somebody else asked for into a wave, for good.
 * @throws {AppError} NOT_ALLOWED, WAVE_CHANGED, STEP_NOT_AVAILABLE when nobody has asked, or only the same person
 */
export async function freezeWave(db: Db, person: Person, instruments: InstrumentStore, key: WaveKey, now: Date): Promise<Wave> {
  const wave = unchanged(await getFreezableWave(db, person, key.wave), key)
  requireStep(wave, 'freeze', now)
  const request = await findFreezeRequest(db, wave.id)
  const obstacle = freezeObstacle(request, person.id, instruments.currentId)
  if (obstacle !== null) throw unavailable(obstacle)
  const written = await write(db, wave, { instrumentVersionId: instruments.currentId, frozenAt: now, frozenBy: person.id })
  const { version } = instruments.current
  const payload = { instrumentVersionId: instruments.currentId, version, askedBy: request?.askedBy?.id ?? null }
  const told = {
    kind: 'wave-frozen',
    cityId: null,
    subject: { who: person.name, wave: wave.name },
    address: `/network/waves/${wave.slug}`,
  } as const
  await tellAll(db, request?.askedBy == null ? [] : [request.askedBy.id], told, person.id, now)
  await record(db, person, written, 'wave.frozen', payload, now)
  return written
}

/** Gives the cities of a wave more time. @throws {AppError} NOT_ALLOWED, WAVE_CHANGED, STEP_NOT_AVAILABLE, INPUT_INVALID */
export async function extendWave(db: Db, person: Person, input: WaveKey & { closesAt: Date }, now: Date): Promise<Wave> {
  const wave = await getUnchanged(db, person, input)
  requireStep(wave, 'extend', now)
  const problem = closingProblem(wave, 'extend', input.closesAt, now)
  if (problem !== null) throw invalid('closesAt', problem)
  const written = await write(db, wave, { closesAt: input.closesAt })
  await record(db, person, written, 'wave.extended', { from: wave.closesAt.toISOString(), to: written.closesAt.toISOString() }, now)
  return written
}

/** Ends answering at once. @throws {AppError} NOT_ALLOWED, WAVE_CHANGED, STEP_NOT_AVAILABLE */
export async function closeWave(db: Db, person: Person, key: WaveKey, now: Date): Promise<Wave> {
  const wave = await getUnchanged(db, person, key)
  requireStep(wave, 'close', now)
  const written = await write(db, wave, { closedAt: now })
  await record(db, person, written, 'wave.closed', { closesAt: wave.closesAt.toISOString() }, now)
  return written
}

/** Lets the cities answer again until a new closing time. @throws {AppError} NOT_ALLOWED, WAVE_CHANGED, STEP_NOT_AVAILABLE, INPUT_INVALID */
export async function reopenWave(db: Db, person: Person, input: WaveKey & { closesAt: Date }, now: Date): Promise<Wave> {
  const wave = await getUnchanged(db, person, input)
  requireStep(wave, 'reopen', now)
  const problem = closingProblem(wave, 'reopen', input.closesAt, now)
  if (problem !== null) throw invalid('closesAt', problem)
  const written = await write(db, wave, { closedAt: null, closesAt: input.closesAt })
  await record(db, person, written, 'wave.reopened', { closesAt: written.closesAt.toISOString() }, now)
  return written
}

/** Cities that texts stand for, and texts that stand for none or for several. */
export interface ResolvedCities {
  cities: City[]
  unknown: string[]
  ambiguous: string[]
}

/** Finds the cities that names, addresses or official codes stand for; constant number of queries. */
export async function resolveCities(db: Db, texts: readonly string[]): Promise<ResolvedCities> {
  const named = await listCitiesNamed(db, texts)
  const resolved: ResolvedCities = { cities: [], unknown: [], ambiguous: [] }
  for (const text of texts) {
    const exact = named.find((city) => city.slug === text || city.officialCode === text)
    const found = exact
      ? [exact]
      : named.filter((city) => city.name.toLowerCase() === text.toLowerCase() || city.slug === text.toLowerCase())
    if (found.length === 0) resolved.unknown.push(text)
    else if (found.length > 1) resolved.ambiguous.push(text)
    else if (!resolved.cities.includes(found[0]!)) resolved.cities.push(found[0]!)
  }
  return resolved
}

export const maximumInvitations = 500

/**
 * Invites cities: creates the assessment of each, once per city and wave.
 * @param input.cities addresses (slugs), official codes or unambiguous names
 * @returns addresses of the cities that are new, and of those that were invited before
 * @throws {AppError} NOT_ALLOWED, STEP_NOT_AVAILABLE, INPUT_INVALID naming the cities that are not known
 */
export async function inviteCities(
  db: Db,
  person: Person,
  input: { wave: string; cities: readonly string[] },
  now: Date,
): Promise<{ invited: string[]; already: string[] }> {
  const wave = await getManagedWave(db, person, input.wave)
  requireStep(wave, 'invite', now)
  const { cities, unknown, ambiguous } = await resolveCities(db, input.cities)
  const fields = [
    ...unknown.map((text) => ({ path: text, message: 'waves.invite.unknown' })),
    ...ambiguous.map((text) => ({ path: text, message: 'waves.invite.ambiguous' })),
  ]
  if (fields.length > 0) throw new AppError('INPUT_INVALID', {}, { fields })
  const added = new Set(
    await insertAssessments(
      db,
      wave.id,
      cities.map(({ id }) => id),
      person.id,
      now,
    ),
  )
  const invited = cities.filter(({ id }) => added.has(id))
  for (const { id, slug } of invited)
    await recordEvent(db, {
      action: 'city.invited',
      personId: authorOf(person),
      cityId: id,
      subject: `wave:${wave.slug}`,
      payload: { city: slug },
      now,
    })
  return { invited: invited.map(({ slug }) => slug), already: cities.filter(({ id }) => !added.has(id)).map(({ slug }) => slug) }
}
