import { describe, expect, it } from 'vitest'
import { addCity } from '../../../test/accounts.ts'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { addPerson, signIn, type SignedInPerson } from '../../../test/signed-in.ts'
import { addWave } from '../../../test/waves.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { frozenAssessments } from '../../db/schema.ts'
import type { FrozenContent } from '../results/frozen.ts'

const { rolledBack } = testDatabase()

interface Scene {
  assessmentId: string
  cityId: string
  coordinator: SignedInPerson
}

async function scene(prepared: Prepared, closes = 20): Promise<Scene> {
  const cityId = await addCity(prepared, 'scopeville')
  const { assessmentId } = await addWave(prepared, { slug: '2026', cityId, opened: 20, closes })
  return { assessmentId, cityId, coordinator: await signIn(prepared, await addPerson(prepared, 'city-coordinator', cityId)) }
}

const schools = { scopeId: 'schools', isResponsible: false, reason: 'Region Skåne' }
const state = ({ assessmentId, coordinator }: Scene, scopes: unknown[], version: number, person = coordinator) =>
  person.ask(`/api/v1/assessments/${assessmentId}/scope`, { method: 'PUT', json: { scopes }, headers: { 'if-match': `"${version}"` } })

const answer = async ({ assessmentId, coordinator }: Scene, questionId: string, option: string) => {
  const response = await coordinator.ask(`/api/v1/assessments/${assessmentId}/answers/${questionId}`, {
    method: 'PUT',
    json: { options: [option] },
    headers: { 'if-match': '0' },
  })
  expect(response.status).toBe(200)
}

const get = async <T>({ assessmentId, coordinator }: Scene, path: string): Promise<T> =>
  (await (await coordinator.ask(`/api/v1/assessments/${assessmentId}${path}`)).json()) as T

describe('saying what a city is responsible for', () => {
  it('takes the questions out of progress and scores, keeps their answers, and brings them back', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      await answer(at, 'edu-05', 'policy')
      await answer(at, 'com-01', 'council-decision')
      interface Progress {
        progress: { answered: number; asked: number }
      }
      // 86 questions, of which one each depends on com-02 twice, med-01 and par-04: all of them are open, so they are asked
      expect((await get<Progress>(at, '')).progress).toEqual({ answered: 2, asked: 86 })
      const before = await get<{ dimensions: { id: string; score: number }[] }>(at, '/scores')
      expect(await (await state(at, [schools], 0)).json()).toMatchObject({
        version: 1,
        scopes: [{ scopeId: 'schools', isResponsible: false }, {}, {}, {}, {}, {}, {}],
      })
      expect((await get<Progress>(at, '')).progress).toEqual({ answered: 1, asked: 83 })
      const scores = await get<{
        questions: { id: string; state: string }[]
        excluded: unknown[]
        dimensions: { id: string; score: number }[]
      }>(at, '/scores')
      expect(scores.questions.filter(({ state: each }) => each === 'notApplicable').map(({ id }) => id)).toEqual([
        'edu-01',
        'edu-02',
        'edu-05',
      ])
      expect(scores.excluded).toContainEqual({ questionId: 'edu-05', scope: 'schools', responsible: 'Region Skåne' })
      expect(scores.dimensions.find(({ id }) => id === 'lens')!.score).toBeLessThan(
        before.dimensions.find(({ id }) => id === 'lens')!.score,
      )
      const { answers } = await get<{ answers: { questionId: string; options: string[] }[] }>(at, '/answers')
      expect(answers.find(({ questionId }) => questionId === 'edu-05')?.options).toEqual(['policy'])
      await state(at, [{ scopeId: 'schools', isResponsible: true }], 1)
      expect((await get<Progress>(at, '')).progress).toEqual({ answered: 2, asked: 86 })
      expect((await get<{ dimensions: unknown }>(at, '/scores')).dimensions).toEqual(before.dimensions)
    })
  })

  it('shows an excluded question with the reason and without a button, on its page, on the check page and in the result', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      await answer(at, 'edu-05', 'policy')
      await state(at, [schools], 0)
      const page = async (path: string) => (await at.coordinator.ask(`/assessments/${at.assessmentId}${path}`)).text()
      const reason = 'Not asked. Responsible for “Schools”: Region Skåne.'
      const question = await page('/questions/edu-05')
      expect(question).toContain(reason)
      expect(question).not.toContain('value="save"')
      expect(await page('/areas/lens/check')).toContain(reason)
      expect(await page('/results/indicator:education')).toContain(reason)
      expect(await page('/submit')).toContain('3 questions are not asked')
      expect(await page('')).toContain('3 questions not asked')
      expect(await page('/results.csv')).toContain('schools,Region Skåne')
    })
  })

  it('refuses a "no" without saying who, an unknown scope, and whoever has not seen the last statement', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      const code = async (response: Response) => [response.status, ((await response.json()) as { code: string }).code]
      expect(await code(await state(at, [{ ...schools, reason: '  ' }], 0))).toEqual([422, 'SCOPE_REASON_MISSING'])
      expect(await code(await state(at, [{ ...schools, scopeId: 'police' }], 0))).toEqual([404, 'SCOPE_NOT_FOUND'])
      await state(at, [schools], 0)
      const stale = await state(at, [{ scopeId: 'schools', isResponsible: true }], 0)
      expect(stale.status).toBe(412)
      expect(await stale.json()).toMatchObject({
        code: 'SCOPE_CHANGED',
        version: 1,
        current: [{ scopeId: 'schools', reason: 'Region Skåne' }],
      })
    })
  })

  it('is for the coordinator, while the wave is open', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      const contributor = await signIn(prepared, await addPerson(prepared, 'contributor', at.cityId))
      expect((await state(at, [schools], 0, contributor)).status).toBe(403)
      expect((await contributor.ask(`/assessments/${at.assessmentId}/scope`)).status).toBe(200)
    })
    await rolledBack(async (prepared) => {
      const at = await scene(prepared, -1)
      expect((await state(at, [schools], 0)).status).toBe(409)
    })
  })

  it('works by the form, which names what is missing and keeps what was typed', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      const path = `/assessments/${at.assessmentId}/scope`
      expect(await (await at.coordinator.ask(path)).text()).toContain('The 3 questions that are not asked if you say no')
      const refused = await at.coordinator.ask(path, {
        form: { version: '0', 'responsible-schools': 'no', 'responsible-housing': 'no', 'reason-housing': 'The county' },
      })
      expect(refused.status).toBe(422)
      const again = await refused.text()
      expect(again).toContain('Name the authority that is responsible instead.')
      expect(again).toContain('value="The county"')
      const saved = await at.coordinator.ask(path, {
        form: { version: '0', 'responsible-schools': 'yes', 'responsible-housing': 'no', 'reason-housing': 'The county' },
      })
      expect(saved.headers.get('location')).toBe(`${path}?saved`)
      const clash = await at.coordinator.ask(path, { form: { version: '0', 'responsible-schools': 'no', 'reason-schools': 'Region' } })
      expect(clash.status).toBe(422)
      expect(await clash.text()).toContain('Stored now: No, responsible is: The county')
    })
  })

  it('is frozen with what is handed in, and a change lets the city hand in again', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      await answer(at, 'com-01', 'council-decision')
      await state(at, [schools], 0)
      const submit = (key: string) =>
        at.coordinator.ask(`/api/v1/assessments/${at.assessmentId}/submissions`, {
          method: 'POST',
          json: {},
          headers: { 'idempotency-key': key },
        })
      expect((await submit('first-key-1')).status).toBe(201)
      const [frozen] = await inContext(prepared.services.db, systemContext, (db) => db.select().from(frozenAssessments))
      expect((frozen!.content as FrozenContent).scope).toMatchObject([
        { scope: 'schools', version: 1, isResponsible: false, reason: 'Region Skåne', excluded: ['edu-01', 'edu-02', 'edu-05'] },
      ])
      expect((await submit('second-key')).status).toBe(409)
      await state(at, [{ ...schools, reason: 'Region Halland' }], 1)
      expect((await submit('third-key-3')).status).toBe(201)
      await state(at, [{ scopeId: 'schools', isResponsible: true }], 2)
      const states = async (copy: string) =>
        (await get<{ questions: { state: string }[] }>(at, `/scores?copy=${copy}`)).questions.filter(
          ({ state: each }) => each === 'notApplicable',
        ).length
      expect([await states('handed-in'), await states('current')]).toEqual([3, 0])
    })
  })
})
