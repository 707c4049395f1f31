import { hashOf } from '../../canonical.ts'
import type { StoredEvent } from '../audit/audit.ts'
import { applyAnswerEvent } from './answer-events.ts'
import { applyDialogueEvent } from './dialogue-events.ts'
import { type Details, Rebuilt } from './rebuilt.ts'
import { applyReviewEvent } from './review-events.ts'

// Rebuilds from the events alone what the database says now: every event holds the whole of what it set, who did it and when.

/** Values by key, such as answer:<assessment>/<question>. */
export type State = ReadonlyMap<string, Details>

/** The state after all events, in order of their number. */
export function replay(events: readonly StoredEvent[]): Rebuilt {
  const rebuilt = new Rebuilt()
  for (const event of events) {
    applyAnswerEvent(rebuilt, event)
    applyReviewEvent(rebuilt, event)
    applyDialogueEvent(rebuilt, event)
  }
  return rebuilt
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
export function compareStates({ state, erased }: Rebuilt, present: State, isLoaded: (key: string) => boolean): Comparison {
  const isErased = (key: string) => erased.has(key) || erased.has(`${key.slice(0, key.lastIndexOf('/'))}/`)
  const known = new Map([...present].filter(([key]) => state.has(key) || !isErased(key)))
  const loaded = new Set([...known.keys()].filter((key) => !state.has(key) && isLoaded(key)))
  const compared = new Map([...known].filter(([key]) => !loaded.has(key)))
  const keys = [...new Set([...state.keys(), ...compared.keys()])].toSorted()
  return {
    replayedHash: stateHash(state),
    presentHash: stateHash(compared),
    differing: keys.filter((key) => hashOf(state.get(key) ?? null) !== hashOf(compared.get(key) ?? null)),
    erased: [...erased].toSorted(),
    loaded: loaded.size,
    compared: keys.length,
  }
}
