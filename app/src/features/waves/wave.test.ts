import { describe, expect, it } from 'vitest'
import { closedSince, closingProblem, periodProblem, stepsOf, waveStatus, type WaveStep, waveStepNames, type WaveTimes } from './wave.ts'

const opensAt = new Date('2026-03-01T08:00:00Z')
const closesAt = new Date('2026-05-31T22:00:00Z')
const before = new Date('2026-02-01T00:00:00Z')
const during = new Date('2026-04-01T00:00:00Z')
const after = new Date('2026-06-01T00:00:00Z')

const draft: WaveTimes = { opensAt, closesAt, frozenAt: null, closedAt: null }
const frozen: WaveTimes = { ...draft, frozenAt: before }
const closedByHand: WaveTimes = { ...frozen, closedAt: new Date('2026-03-20T12:00:00Z') }

const available = (wave: WaveTimes, now: Date): WaveStep[] => waveStepNames.filter((name) => stepsOf(wave, now)[name].ok)

describe('status of a wave', () => {
  it('is planned before the opening, and also later while no questionnaire is frozen', () => {
    expect(waveStatus(frozen, before)).toBe('planned')
    expect(waveStatus(draft, before)).toBe('planned')
    expect(waveStatus(draft, during)).toBe('planned')
  })

  it('is open from the opening to the millisecond before the closing time', () => {
    expect(waveStatus(frozen, opensAt)).toBe('open')
    expect(waveStatus(frozen, new Date(closesAt.getTime() - 1))).toBe('open')
    expect(waveStatus(frozen, closesAt)).toBe('closed')
  })

  it('is closed since the hand or the clock, whichever came first', () => {
    expect(closedSince(closedByHand, during)).toEqual(closedByHand.closedAt)
    expect(closedSince(frozen, after)).toEqual(closesAt)
    expect(closedSince({ closedAt: after, closesAt }, after)).toEqual(closesAt)
    expect(closedSince(frozen, during)).toBeNull()
  })
})

describe('steps of a wave', () => {
  it('follow one table', () => {
    expect(available(draft, before)).toEqual(['update', 'freeze'])
    expect(available(draft, during)).toEqual(['update', 'freeze'])
    expect(available(draft, after)).toEqual(['update'])
    expect(available(frozen, before)).toEqual(['invite', 'extend'])
    expect(available(frozen, during)).toEqual(['invite', 'extend', 'close'])
    expect(available(frozen, after)).toEqual(['reopen'])
    expect(available(closedByHand, during)).toEqual(['reopen'])
  })

  it('say why they are not available', () => {
    expect(stepsOf(draft, during).invite).toEqual({ ok: false, reason: 'waves.invite.reason.notFrozen' })
    expect(stepsOf(frozen, during).update).toEqual({ ok: false, reason: 'waves.update.reason.frozen' })
    expect(stepsOf(frozen, before).close).toEqual({ ok: false, reason: 'waves.close.reason.planned' })
    expect(stepsOf(frozen, after).close).toEqual({ ok: false, reason: 'waves.close.reason.closed' })
    expect(stepsOf(frozen, during).reopen).toEqual({ ok: false, reason: 'waves.reopen.reason.notClosed' })
    expect(stepsOf(draft, after).reopen).toEqual({ ok: false, reason: 'waves.reopen.reason.notFrozen' })
  })
})

describe('dates of a wave', () => {
  it('close after they open, and not in the past', () => {
    expect(periodProblem({ opensAt, closesAt }, during)).toBeNull()
    expect(periodProblem({ opensAt: closesAt, closesAt }, before)).toBe('waves.form.closes.beforeOpening')
    expect(periodProblem({ opensAt, closesAt }, after)).toBe('waves.form.closes.past')
  })

  it('are extended into the future and beyond the present closing', () => {
    const later = new Date('2026-06-15T22:00:00Z')
    expect(closingProblem(frozen, 'extend', later, during)).toBeNull()
    expect(closingProblem(frozen, 'extend', new Date('2026-05-01T00:00:00Z'), during)).toBe('waves.form.closes.notLater')
    expect(closingProblem(frozen, 'extend', before, during)).toBe('waves.form.closes.past')
  })

  it('are reopened to any time in the future, also before the closing that was planned', () => {
    expect(closingProblem(closedByHand, 'reopen', new Date('2026-04-30T00:00:00Z'), during)).toBeNull()
    expect(closingProblem(frozen, 'reopen', during, after)).toBe('waves.form.closes.past')
  })
})
