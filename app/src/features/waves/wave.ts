import type { TextKey } from '../../text/catalogue.ts'

/** One round of data collection. Its status is derived from its times and now. */
export interface Wave {
  id: string
  slug: string
  name: string
  opensAt: Date
  closesAt: Date
  instrumentVersionId: string | null
  frozenAt: Date | null
  /** Closed by hand before its time; null = not. */
  closedAt: Date | null
  isSynthetic: boolean
  version: number
}

export type WaveTimes = Pick<Wave, 'opensAt' | 'closesAt' | 'frozenAt' | 'closedAt'>

/** planned: not open yet, or no questionnaire frozen into it; open: takes answers; closed: takes none any more. */
export type WaveStatus = 'planned' | 'open' | 'closed'

/** When answering ended: closed by hand or by its closing time, whichever came first; null = not yet. */
export function closedSince({ closedAt, closesAt }: Pick<Wave, 'closedAt' | 'closesAt'>, now: Date): Date | null {
  const ended = closedAt !== null && closedAt < closesAt ? closedAt : closesAt
  return ended <= now ? ended : null
}

export function waveStatus(wave: WaveTimes, now: Date): WaveStatus {
  if (closedSince(wave, now) !== null) return 'closed'
  return wave.frozenAt === null || wave.opensAt > now ? 'planned' : 'open'
}

/** Whether a step can be taken now; if not, why not and what would make it available. */
export type Step = { ok: true } | { ok: false; reason: TextKey }

const yes: Step = { ok: true }
const no = (reason: TextKey): Step => ({ ok: false, reason })

/** Name and dates change freely until the questionnaire is frozen; later cities rely on them. */
export function canUpdate(wave: WaveTimes, _now: Date): Step {
  return wave.frozenAt === null ? yes : no('waves.update.reason.frozen')
}

export function canFreeze(wave: WaveTimes, now: Date): Step {
  if (wave.frozenAt !== null) return no('waves.freeze.reason.frozen')
  return closedSince(wave, now) === null ? yes : no('waves.freeze.reason.closed')
}

export function canInvite(wave: WaveTimes, now: Date): Step {
  if (wave.frozenAt === null) return no('waves.invite.reason.notFrozen')
  return closedSince(wave, now) === null ? yes : no('waves.invite.reason.closed')
}

export function canExtend(wave: WaveTimes, now: Date): Step {
  if (wave.frozenAt === null) return no('waves.extend.reason.notFrozen')
  return closedSince(wave, now) === null ? yes : no('waves.extend.reason.closed')
}

export function canClose(wave: WaveTimes, now: Date): Step {
  const status = waveStatus(wave, now)
  if (status === 'open') return yes
  return no(status === 'closed' ? 'waves.close.reason.closed' : 'waves.close.reason.planned')
}

export function canReopen(wave: WaveTimes, now: Date): Step {
  if (closedSince(wave, now) === null) return no('waves.reopen.reason.notClosed')
  return wave.frozenAt === null ? no('waves.reopen.reason.notFrozen') : yes
}

/** The one table of transitions: every step of a wave with its guard, in the order of a wave's life. */
export const waveSteps = {
  update: canUpdate,
  freeze: canFreeze,
  invite: canInvite,
  extend: canExtend,
  close: canClose,
  reopen: canReopen,
} as const

export type WaveStep = keyof typeof waveSteps

export const waveStepNames = Object.keys(waveSteps) as WaveStep[]

/** Which steps are available now, and why the others are not. */
export function stepsOf(wave: WaveTimes, now: Date): Record<WaveStep, Step> {
  return Object.fromEntries(waveStepNames.map((name) => [name, waveSteps[name](wave, now)])) as Record<WaveStep, Step>
}

/** @returns what is wrong with the period of a planned wave, or null */
export function periodProblem({ opensAt, closesAt }: Pick<Wave, 'opensAt' | 'closesAt'>, now: Date): TextKey | null {
  if (closesAt <= opensAt) return 'waves.form.closes.beforeOpening'
  return closesAt <= now ? 'waves.form.closes.past' : null
}

/**
 * @param closesAt the new closing time
 * @returns what is wrong with it, or null: it lies in the future, after the opening and, for an extension, after the present one
 */
export function closingProblem(wave: WaveTimes, step: 'extend' | 'reopen', closesAt: Date, now: Date): TextKey | null {
  if (closesAt <= now) return 'waves.form.closes.past'
  if (closesAt <= wave.opensAt) return 'waves.form.closes.beforeOpening'
  return step === 'extend' && closesAt <= wave.closesAt ? 'waves.form.closes.notLater' : null
}
