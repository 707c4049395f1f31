import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { can, type Person, type Verb } from '../../permissions.ts'
import { recordEvent } from '../audit/queries.ts'
import type { Instrument } from '../instrument/instrument.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { findCity, listCities } from '../cities/queries.ts'
import { getWave } from '../waves/usecases.ts'
import type { Wave } from '../waves/wave.ts'
import type { Declaration, TieKind } from './interests.ts'
import { type MethodChoices, methodHash, methodOf } from './method.ts'
import { getDeclarations, insertDeclaration, insertRegistration, listRegistrations, type Registration } from './queries.ts'

/** @throws {AppError} NOT_ALLOWED */
export function requireVerb(person: Person, verb: Verb): void {
  const permission = can(person, verb)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
}

export interface OpenedMethod {
  wave: Wave
  /** What is frozen into the wave, or null while nothing is. */
  instrument: Instrument | null
  /** Oldest first; empty = nothing is registered yet. */
  registrations: Registration[]
}

/** How a wave is evaluated; public. */
export async function openMethod(db: Db, instruments: InstrumentStore, slug: string): Promise<OpenedMethod> {
  const wave = await getWave(db, slug)
  const instrument = wave.instrumentVersionId === null ? null : await instruments.get(db, wave.instrumentVersionId)
  return { wave, instrument, registrations: await listRegistrations(db, wave.id) }
}

export interface RegisterRequest extends MethodChoices {
  wave: string
  /** Why it is registered anew; null for the first registration. */
  reason: string | null
  /** Version that was seen; 0 = nothing is registered. */
  version: number
}

const invalid = (path: string, message: string) => new AppError('INPUT_INVALID', {}, { fields: [{ path, message }] })

/**
 * Registers the method of a wave, or adds an addendum to it with a reason. Nothing that is registered changes.
 * @throws {AppError} STEP_NOT_AVAILABLE before a questionnaire is frozen into the wave; REVIEW_CHANGED when another version was registered meanwhile
 */
export async function registerMethod(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { wave: slug, reason, version, ...choices }: RegisterRequest,
  now: Date,
): Promise<Registration> {
  requireVerb(person, 'method.register')
  const { wave, instrument, registrations } = await openMethod(db, instruments, slug)
  if (instrument === null) throw new AppError('STEP_NOT_AVAILABLE', { reason: 'evaluations.step.notFrozen' })
  if (registrations.length !== version) throw new AppError('REVIEW_CHANGED')
  if (version > 0 && reason === null) throw invalid('reason', 'evaluations.form.reason.short')
  const content = methodOf(instrument, wave.slug, choices)
  const contentHash = methodHash(content)
  if (registrations.at(-1)?.contentHash === contentHash) throw invalid('share', 'evaluations.form.nothingNew')
  const row = {
    version: version + 1,
    content,
    contentHash,
    reason: version === 0 ? null : reason,
    registeredAt: now,
    registeredBy: person.id,
  }
  const id = await insertRegistration(db, { waveId: wave.id, ...row })
  if (id === null) throw new AppError('REVIEW_CHANGED')
  const before = registrations.at(-1)?.contentHash ?? null
  const payload = { version: row.version, contentHash, before, reason: row.reason, content }
  await recordEvent(db, { action: 'method.registered', personId: person.id, cityId: null, subject: `wave:${wave.slug}`, payload, now })
  return { id, ...row }
}

const mostCities = 2_000 // more than any network has; the list is for choosing one by name

export interface OpenedInterests {
  wave: Wave
  declaration: Declaration | null
  cities: { id: string; slug: string; name: string }[]
}

/** What somebody has declared for a wave, and the cities that can be named. */
export async function openInterests(db: Db, person: Person, slug: string): Promise<OpenedInterests> {
  requireVerb(person, 'interests.declare')
  const wave = await getWave(db, slug)
  const declaration = (await getDeclarations(db, wave.id, person.id)).get(person.id) ?? null
  return { wave, declaration, cities: await listCities(db, {}, mostCities) }
}

export interface DeclareRequest {
  wave: string
  /** City by its address. */
  ties: readonly { kind: TieKind; city: string; note: string }[]
}

/** Declares interests for a wave; what was declared before stays in the record, the newest counts. */
export async function declareInterests(db: Db, person: Person, { wave: slug, ties }: DeclareRequest, now: Date): Promise<Declaration> {
  requireVerb(person, 'interests.declare')
  const wave = await getWave(db, slug)
  const named = []
  for (const { city, ...tie } of ties) {
    const found = await findCity(db, city)
    if (found === null) throw new AppError('CITY_NOT_FOUND')
    named.push({ ...tie, cityId: found.id })
  }
  const declaration = { personId: person.id, ties: named, declaredAt: now }
  await insertDeclaration(db, { waveId: wave.id, ...declaration })
  // what is declared is personal and stands in its own table; the record keeps only that it was done
  const payload = { ties: named.map(({ kind, cityId }) => ({ kind, cityId })) }
  await recordEvent(db, { action: 'interests.declared', personId: person.id, cityId: null, subject: `wave:${wave.slug}`, payload, now })
  return declaration
}
