import { hashOf } from '../../canonical.ts'
import type { StoredEvent } from '../audit/audit.ts'

// Rebuilds from the events alone what the database says now. Every event of these kinds holds the whole new value, so that the last
// one counts.

/** Values by key, such as answer:<assessment>/<question>. */
export type State = ReadonlyMap<string, unknown>

export interface Replayed {
  state: State
  /** Keys whose last event lost its details, because a person was erased or details were removed. */
  erased: ReadonlySet<string>
}

type Details = Record<string, unknown>

/** The named fields; null where there is none, as in the database. */
const fieldsOf = (details: Details, names: readonly string[]): Details =>
  Object.fromEntries(names.map((name) => [name, details[name] ?? null]))

export const answerFields = ['version', 'options', 'missing', 'reason', 'explanation'] as const
export const scopeFields = ['version', 'isResponsible', 'reason'] as const
export const judgementFields = [
  'version',
  'answerVersion',
  'decision',
  'reasonCode',
  'points',
  'note',
  'reportText',
  'isForMeeting',
  'seconds',
  'graceReason',
] as const
export const adjudicationFields = ['version', 'decision', 'reasonCode', 'points', 'reason', 'reportText'] as const

/** What an event sets: entries, or the beginning of the keys of which it no longer tells what it set. */
function effectOf({ action, subject, personId, payload }: StoredEvent): { entries: [string, unknown][]; lost: string | null } | null {
  const details = payload as Details | undefined
  const one = (key: string, names: readonly string[]) =>
    details === undefined ? { entries: [], lost: key } : { entries: [[key, fieldsOf(details, names)]] as [string, unknown][], lost: null }
  if (action === 'answer.saved') return one(subject, answerFields)
  if (action === 'judgement.saved') return one(`${subject}/${personId}`, judgementFields)
  if (action === 'judgement.adjudicated') return one(subject.replace(/^judgement:/, 'adjudication:'), adjudicationFields)
  if (action !== 'scope.stated') return null
  const prefix = subject.replace(/^assessment:/, 'scope:')
  if (details === undefined) return { entries: [], lost: `${prefix}/` }
  const statements = details.statements as (Details & { scopeId: string })[]
  return { entries: statements.map((each) => [`${prefix}/${each.scopeId}`, fieldsOf(each, scopeFields)]), lost: null }
}

/** The state after all events, in order of their number. */
export function replay(events: readonly StoredEvent[]): Replayed {
  const state = new Map<string, unknown>()
  const erased = new Set<string>()
  for (const event of events) {
    const effect = effectOf(event)
    if (effect === null) continue
    for (const [key, value] of effect.entries) {
      state.set(key, value)
      erased.delete(key)
    }
    if (effect.lost === null) continue
    erased.add(effect.lost)
    for (const key of state.keys()) if (key === effect.lost || (effect.lost.endsWith('/') && key.startsWith(effect.lost))) state.delete(key)
  }
  return { state, erased }
}

/** One SHA-256 over a state, whatever order its keys came in. */
export const stateHash = (state: State): string => hashOf([...state].toSorted(([a], [b]) => (a < b ? -1 : 1)))

export interface Comparison {
  /** Hash of what the events say, and of the same keys in the database. */
  replayedHash: string
  presentHash: string
  /** Keys that differ, in order. */
  differing: string[]
  /** Keys whose events have lost their details; they are not compared. */
  erased: string[]
  /** Rows of the demonstration that never had an event. */
  loaded: number
  compared: number
}

/**
 * Holds the state of the events against that of the database.
 * @param isLoaded whether a row came with the demonstration, which is recorded as a whole
 */
export function compareStates({ state, erased }: Replayed, present: State, isLoaded: (key: string) => boolean): Comparison {
  const isErased = (key: string) => erased.has(key) || erased.has(`${key.slice(0, key.lastIndexOf('/'))}/`)
  const known = new Map([...present].filter(([key]) => state.has(key) || !isErased(key)))
  const loaded = new Set([...known.keys()].filter((key) => !state.has(key) && isLoaded(key)))
  const compared = new Map([...known].filter(([key]) => !loaded.has(key)))
  const keys = [...new Set([...state.keys(), ...compared.keys()])].toSorted()
  return {
    replayedHash: stateHash(state),
    presentHash: stateHash(compared),
    differing: keys.filter((key) => hashOf(state.get(key)) !== hashOf(compared.get(key))),
    erased: [...erased].toSorted(),
    loaded: loaded.size,
    compared: keys.length,
  }
}
