import {
  type AnswerFields,
  type AnswerPatch,
  applyPatch,
  equalField,
  equalFields,
  fieldNames,
  pickFields,
  type StoredAnswer,
} from './answer.ts'

// How one answer saves itself, as a pure machine: what the person typed (draft), what the server is known to hold (base),
// and where the two stand. The page draws it, the browser's part sends and stores; nothing typed is ever dropped here.

export type SavePhase = 'idle' | 'saved' | 'saving' | 'not-saved' | 'conflict' | 'read-only'

export interface AnswerState {
  base: StoredAnswer
  draft: AnswerFields
  /** What was sent on top of the base and not acknowledged yet; the server may hold it, its reply may have been lost. */
  sent: readonly AnswerFields[]
  phase: SavePhase
  /** The other version, while the person has to decide. */
  conflict: StoredAnswer | null
  /** Why it is not saved or read-only, in the reader's language. */
  message: string | null
}

export type SaveOutcome =
  | { kind: 'saved'; answer: StoredAnswer }
  | { kind: 'changed'; current: StoredAnswer }
  | { kind: 'refused'; message: string }
  | { kind: 'closed'; message: string }
  | { kind: 'unreachable'; message: string }

export function initialState(base: StoredAnswer): AnswerState {
  return { base, draft: pickFields(base), sent: [], phase: 'idle', conflict: null, message: null }
}

/** The fields in which the draft differs from what the server holds; null when there are none. */
export function pendingPatch({ base, draft }: Pick<AnswerState, 'base' | 'draft'>): AnswerPatch | null {
  const settled = applyPatch(draft, {})
  const changed = fieldNames.filter((field) => !equalField(base, settled, field))
  return changed.length === 0 ? null : Object.fromEntries(changed.map((field) => [field, settled[field]]))
}

export function edit(state: AnswerState, patch: AnswerPatch): AnswerState {
  if (state.phase === 'read-only') return state
  const touched = { ...state.draft, ...patch }
  if (patch.options && patch.missing === undefined) touched.missing = null
  if (patch.missing && patch.options === undefined) touched.options = null
  return { ...state, draft: touched }
}

export function sending(state: AnswerState): AnswerState {
  const fields = applyPatch(state.draft, {})
  const sent = state.sent.some((earlier) => equalFields(earlier, fields)) ? state.sent : [...state.sent, fields]
  return { ...state, sent, phase: 'saving', message: null }
}

/**
 * Puts the draft on top of a newer version when both changed different fields, or when the newer version is an own one whose reply
 * was lost.
 * @returns null when the same field was changed by both, in different ways
 */
export function rebase({ base, draft, sent }: Pick<AnswerState, 'base' | 'draft' | 'sent'>, current: StoredAnswer): AnswerFields | null {
  if (sent.some((fields) => equalFields(fields, current))) return draft
  const mine = pendingPatch({ base, draft }) ?? {}
  for (const field of fieldNames) {
    const theirsChanged = !equalField(base, current, field)
    if (field in mine && theirsChanged && !equalField({ ...current, ...mine }, current, field)) return null
  }
  return { ...pickFields(current), ...mine }
}

/** What a reply of the server, or its absence, does to an answer. */
export function settle(state: AnswerState, outcome: SaveOutcome): AnswerState {
  switch (outcome.kind) {
    case 'saved':
      return { ...state, base: outcome.answer, sent: [], phase: 'saved', conflict: null, message: null }
    case 'changed': {
      const merged = rebase(state, outcome.current)
      if (merged === null) return { ...state, phase: 'conflict', conflict: outcome.current }
      const next = { ...state, base: outcome.current, draft: merged, sent: [] }
      return { ...next, phase: pendingPatch(next) === null ? 'saved' : 'saving' }
    }
    case 'refused':
    case 'unreachable':
      return { ...state, phase: 'not-saved', message: outcome.message }
    case 'closed':
      return { ...state, phase: 'read-only', message: outcome.message }
  }
}

/**
 * Somebody else has saved a newer version. What this person has not touched follows it; what both changed is compared, as
 * after a save that came too late.
 */
export function receive(state: AnswerState, current: StoredAnswer): AnswerState {
  if (current.version <= state.base.version || state.phase === 'conflict') return state
  if (pendingPatch(state) !== null) return settle(state, { kind: 'changed', current })
  const phase = state.phase === 'read-only' ? 'read-only' : 'saved'
  return { ...state, base: current, draft: pickFields(current), sent: [], phase, message: null }
}

/** The person has compared the two versions and says what shall stand. */
export function resolve(state: AnswerState, chosen: AnswerFields): AnswerState {
  if (state.conflict === null) return state
  return { ...state, base: state.conflict, draft: chosen, sent: [], conflict: null, phase: 'saving' }
}
