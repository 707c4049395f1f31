import { hashOf } from '../../canonical.ts'
import { type Instrument, questionsOf } from '../instrument/instrument.ts'

/** One step of the chain that a city has configured; 1 signs first. */
export interface SignOffStep {
  id: string
  position: number
  /** Such as "Head of department", "Mayor", "Council". */
  name: string
  /** Null = any approver of the city. */
  person: { id: string; name: string } | null
  /** Areas this step signs; null = all. */
  dimensions: string[] | null
  version: number
}

/** A decision about a state of the answers; never changed afterwards. */
export interface SignOff {
  id: string
  stepId: string
  decision: 'signed' | 'sent-back'
  note: string | null
  /** The question that was sent back, if a single one. */
  questionId: string | null
  contentHash: string
  versions: Readonly<Record<string, number>>
  decidedAt: Date
  by: { id: string; name: string } | null
}

/** What a signature covers: the version of every answer of the step's areas, and of what the city says it is responsible for. */
export type SignedVersions = Record<string, number>

/** Key of the scope statements among the versions. */
export const scopeKey = 'scope'

/** @param scopeVersion of the newest statement; 0 = none */
export function versionsFor(
  instrument: Instrument,
  dimensions: readonly string[] | null,
  answers: ReadonlyMap<string, { version: number }>,
  scopeVersion: number,
): SignedVersions {
  const covered = { ...instrument, dimensions: instrument.dimensions.filter(({ id }) => dimensions === null || dimensions.includes(id)) }
  const versions: SignedVersions = {}
  for (const { id } of questionsOf(covered)) {
    const version = answers.get(id)?.version ?? 0
    if (version > 0) versions[id] = version
  }
  if (scopeVersion > 0) versions[scopeKey] = scopeVersion
  return versions
}

export const hashOfVersions = (versions: SignedVersions): string => hashOf(versions)

/** Questions whose answer is another than the one that was looked at; "scope" for what the city is responsible for. */
export function changedSince(then: Readonly<SignedVersions>, now: Readonly<SignedVersions>): string[] {
  return [...new Set([...Object.keys(then), ...Object.keys(now)])].filter((id) => then[id] !== now[id])
}

/**
 * waiting: nobody has looked yet; later: an earlier step comes first; signed: what stands now; outdated: signed, but changed
 * since; sent-back: to be changed; changed: changed since it was sent back, so that it can be looked at again.
 */
export type StepState = 'waiting' | 'later' | 'signed' | 'outdated' | 'sent-back' | 'changed'

export interface StepStatus {
  step: SignOffStep
  state: StepState
  last: SignOff | null
  versions: SignedVersions
  /** Since the last decision of this step; all questions before the first one. */
  changed: string[]
}

function stateOf(last: SignOff | null, isSame: boolean, isEarlierOpen: boolean): StepState {
  if (last?.decision === 'signed' && isSame) return 'signed'
  if (isEarlierOpen) return 'later'
  if (last === null) return 'waiting'
  if (last.decision === 'signed') return 'outdated'
  return isSame ? 'sent-back' : 'changed'
}

/** How each step stands, in the order of the chain. */
export function chainStatus(
  steps: readonly SignOffStep[],
  decisions: readonly SignOff[],
  versionsOf: (step: SignOffStep) => SignedVersions,
): StepStatus[] {
  let isEarlierOpen = false
  return [...steps]
    .sort((a, b) => a.position - b.position)
    .map((step) => {
      const versions = versionsOf(step)
      const last =
        decisions.filter(({ stepId }) => stepId === step.id).sort((a, b) => b.decidedAt.getTime() - a.decidedAt.getTime())[0] ?? null
      const changed = changedSince(last?.versions ?? {}, versions)
      const state = stateOf(last, changed.length === 0, isEarlierOpen)
      if (state !== 'signed') isEarlierOpen = true
      return { step, state, last, versions, changed }
    })
}

/** The step whose turn it is; null = all have signed what stands now, or there is no chain. */
export const nextStep = (chain: readonly StepStatus[]): StepStatus | null => chain.find(({ state }) => state !== 'signed') ?? null

/**
 * Whether two people stand behind what is handed in: somebody else than who hands in has signed at least one step. A city without a chain
 * has decided that nobody else needs to.
 */
export const isSignedByAnother = (chain: readonly StepStatus[], personId: string): boolean =>
  chain.length === 0 || chain.some(({ state, last }) => state === 'signed' && last?.by?.id !== personId)

/** A text key under signoff.step. */
export type SignReason = 'not-your-step' | 'earlier-first' | 'already-signed' | 'nothing-changed' | 'nothing-answered'

/** May this person decide about the step now? */
export function canDecide({ step, state, versions }: StepStatus, personId: string): { ok: true } | { ok: false; reason: SignReason } {
  if (step.person !== null && step.person.id !== personId) return { ok: false, reason: 'not-your-step' }
  if (state === 'later') return { ok: false, reason: 'earlier-first' }
  if (state === 'signed') return { ok: false, reason: 'already-signed' }
  if (state === 'sent-back') return { ok: false, reason: 'nothing-changed' }
  return Object.keys(versions).length === 0 ? { ok: false, reason: 'nothing-answered' } : { ok: true }
}
