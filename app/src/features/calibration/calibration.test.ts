import { describe, expect, it } from 'vitest'
import { actionsOf } from '../../../test/accounts.ts'
import { testDatabase } from '../../../test/database.ts'
import { handedInCity } from '../../../test/reviews.ts'
import { addPerson, signIn } from '../../../test/signed-in.ts'
import { deviationOf, maximumOf, pointsGiven, summarise } from './case.ts'
import { calibrationCases } from './cases.ts'

const { rolledBack } = testDatabase()
const caseOf = (id: string) => calibrationCases.find((each) => each.id === id)!

describe('a case', () => {
  it('is complete in both languages and expects something possible', () => {
    expect(calibrationCases.length).toBeGreaterThanOrEqual(8)
    expect(calibrationCases.length).toBeLessThanOrEqual(12)
    for (const each of calibrationCases) {
      const { options, answered, expected, texts } = each
      expect(options.map(({ id }) => id)).toContain(answered)
      expect(expected.decision === 'changed').toBe(expected.points !== null)
      expect(expected.points ?? 0).toBeLessThanOrEqual(maximumOf(each))
      if (expected.decision === 'changed') expect(expected.points).not.toBe(pointsGiven(each, { decision: 'agreed', points: null }))
      for (const text of [texts.en, texts.de]) expect(Object.keys(text.options).sort()).toEqual(options.map(({ id }) => id).sort())
    }
  })

  it('measures how far a decision is from the expected one, in percent of the maximum', () => {
    const partly = caseOf('partly-met') // answered 5, expected 3, maximum 5
    expect(deviationOf(partly, { decision: 'agreed', points: null })).toBe(40)
    expect(deviationOf(partly, { decision: 'changed', points: 3 })).toBe(0)
    expect(deviationOf(partly, { decision: 'not-supported', points: null })).toBe(60)
    expect(deviationOf(partly, { decision: 'need-more', points: null })).toBeNull()
    expect(deviationOf(caseOf('expired'), { decision: 'need-more', points: null })).toBe(0)
  })

  it('sums up over what was decided', () => {
    const judged = [
      { caseId: 'partly-met', decision: 'agreed' as const, points: null }, // 40
      { caseId: 'plan-adopted', decision: 'agreed' as const, points: null }, // 0, same
      { caseId: 'expired', decision: 'agreed' as const, points: null }, // no distance
      { caseId: 'no longer a case', decision: 'agreed' as const, points: null },
    ]
    expect(summarise(calibrationCases, judged)).toEqual({ judged: 3, all: 10, isComplete: false, meanDeviation: 20, shareEqual: 1 / 3 })
    expect(summarise(calibrationCases, [])).toMatchObject({ meanDeviation: null, shareEqual: null })
  })
})

describe('calibrating', () => {
  it('tells what was expected only after the own decision, once, and to nobody but the expert and the lead', async () => {
    await rolledBack(async (prepared) => {
      const expert = await signIn(prepared, await addPerson(prepared, 'reviewer', null, 'Expert'))
      const other = await signIn(prepared, await addPerson(prepared, 'reviewer', null, 'Other'))
      const lead = await signIn(prepared, await addPerson(prepared, 'evaluation-coordinator', null, 'Lead'))
      const why = caseOf('plan-draft').texts.en.why.split(':')[0]!
      const before = await (await expert.ask('/calibration/plan-draft')).text()
      expect(before).not.toContain(why)
      expect((await expert.ask('/calibration/plan-draft', { form: { decision: 'changed', points: '', note: '' } })).status).toBe(422)
      expect((await expert.ask('/calibration/plan-draft', { form: { decision: 'changed', points: '2', note: 'A draft' } })).status).toBe(
        303,
      )
      expect(await (await expert.ask('/calibration/plan-draft')).text()).toContain(why)
      expect((await expert.ask('/api/v1/calibration/plan-draft', { json: { decision: 'agreed' } })).status).toBe(409)
      const theirs = (await (await other.ask('/api/v1/calibration')).json()) as { summary: object; cases: { expected: unknown }[] }
      expect(theirs.summary).toMatchObject({ judged: 0 })
      expect(theirs.cases.every(({ expected }) => expected === null)).toBe(true)
      expect((await other.ask('/evaluations/calibration')).status).toBe(403)
      const overview = (await (await lead.ask('/api/v1/calibration/overview')).json()) as {
        experts: { name: string; judged: number; meanDeviation: number | null }[]
      }
      expect(overview.experts.find(({ name }) => name === 'Expert')).toMatchObject({ judged: 1, meanDeviation: 100 / 3 })
      expect(await (await lead.ask('/evaluations/calibration')).text()).toContain('Not yet: 1 of 10 cases')
      const network = await signIn(prepared, await addPerson(prepared, 'network-coordinator', null, 'Network'))
      const { waveSlug } = await handedInCity(prepared)
      expect(await (await lead.ask(`/evaluations/${waveSlug}`)).text()).toContain('Not yet: 1 of 10 cases')
      for (const { id } of calibrationCases)
        if (id !== 'plan-draft') await expert.ask(`/api/v1/calibration/${id}`, { json: { decision: 'agreed' } })
      expect(await (await lead.ask(`/evaluations/${waveSlug}`)).text()).toMatch(/Calibrated, \d+ % from what was expected/)
      const forNetwork = await (await network.ask(`/evaluations/${waveSlug}`)).text() // whether, but not how far
      expect([forNetwork.includes('Calibrated'), forNetwork.includes('from what was expected')]).toEqual([true, false])
      expect(await actionsOf(prepared)).toContain('calibration.judged')
      expect((await expert.ask('/calibration/none-such')).status).toBe(404)
    })
  })
})
