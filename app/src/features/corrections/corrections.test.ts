import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { actionsOf } from '../../../test/accounts.ts'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { addJudgement, handedInCity, type ReviewScene, reviewScene, setAssignment, setReview } from '../../../test/reviews.ts'
import { addPerson, type SignedInPerson, signIn } from '../../../test/signed-in.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { emptyAnswer, neverSaved, type StoredAnswer } from '../assessments/answer.ts'
import { getAnswers, listHistory } from '../assessments/queries.ts'
import { saveAnswer } from '../assessments/usecases.ts'
import { findQuestion, type QuestionRules } from '../instrument/instrument.ts'
import { type Correction, correctionOf, findMergeObstacle, proposalOf } from './corrections.ts'

const { rolledBack } = testDatabase()
const key = () => ({ 'idempotency-key': randomUUID() })
const single = {
  id: 'edu-03',
  type: 'single',
  max: 2,
  weight: 1,
  options: [
    { id: 'yes', points: 2 },
    { id: 'partly', points: 1 },
    { id: 'no', points: 0 },
  ],
} as unknown as QuestionRules

const answered = (options: string[], version: number, explanation: string | null = null): StoredAnswer => ({
  ...neverSaved('edu-03'),
  options,
  explanation,
  version,
})
const decided = (decision: 'changed' | 'not-supported' | 'agreed' | 'need-more', points: number | null = null) => ({ decision, points })

describe('the answer that follows from a decision', () => {
  it('is the one option with exactly these points', () => {
    expect(proposalOf(single, decided('changed', 1), answered(['yes'], 1))?.fields.options).toEqual(['partly'])
    expect(proposalOf(single, decided('not-supported'), answered(['yes'], 1))?.fields.options).toEqual(['no'])
  })

  it('does not exist where no option or several options have the points, or several can be chosen', () => {
    expect(proposalOf(single, decided('changed', 1.5), answered(['yes'], 1))).toBeNull()
    const twice = { ...single, options: [...single.options, { id: 'planned', points: 1 }] } as QuestionRules
    expect(proposalOf(twice, decided('changed', 1), answered(['yes'], 1))).toBeNull()
    expect(proposalOf({ ...single, type: 'multiple' } as QuestionRules, decided('changed', 1), answered(['yes'], 1))).toBeNull()
  })

  it('is what the city said in reply to a query, unless the points say otherwise', () => {
    const anew = answered(['partly'], 2, 'In one district')
    expect(proposalOf(single, decided('agreed'), anew)).toEqual({
      fields: { ...emptyAnswer, options: ['partly'], explanation: 'In one district' },
      source: 'query',
    })
    expect(proposalOf(single, decided('not-supported'), anew)?.fields.options).toEqual(['no'])
    expect(proposalOf(single, decided('agreed'), answered(['yes'], 1))).toBeNull()
  })
})

describe('own later edits', () => {
  const decision = { ...decided('changed', 1), questionId: 'edu-03' } as Correction['decision']
  const correct = (working: StoredAnswer) =>
    correctionOf({
      question: single,
      dimensionId: 'education',
      decision,
      handedIn: answered(['yes'], 3, 'Then'),
      frozen: answered(['yes'], 1, 'Then'),
      working,
    })

  it('keep their words where only the points follow from the decision', () => {
    expect(correct(answered(['yes'], 4, 'Now, in better words'))).toMatchObject({
      isEdited: true,
      proposed: { options: ['partly'], explanation: 'Now, in better words' },
    })
  })

  it('need no correction where they say the same already', () => {
    expect(correct(answered(['partly'], 4, 'Then'))).toBeNull()
  })

  it.each([
    // seen version, version now, edited since handing in, one by one -> refused because
    { seen: 3, now: 3, oneByOne: true, why: null },
    { seen: 3, now: 3, oneByOne: false, why: null },
    { seen: 3, now: 4, oneByOne: true, why: 'stale' },
    { seen: 3, now: 4, oneByOne: false, why: 'stale' },
    { seen: 4, now: 4, oneByOne: false, why: 'edited' },
    { seen: 4, now: 4, oneByOne: true, why: null },
    { seen: 0, now: 3, oneByOne: true, why: 'stale' },
  ])('are never overwritten unseen: seen $seen, now $now, one by one $oneByOne', ({ seen, now, oneByOne, why }) => {
    const correction = correct(answered(['yes'], now))!
    const choice = { questionId: 'edu-03', decision: 'taken' as const, version: seen }
    expect(findMergeObstacle(correction, choice, { isDecided: false, isOneByOne: oneByOne })).toBe(why)
  })
})

const api = ({ reviewId }: ReviewScene) => `/api/v1/reviews/${reviewId}`
const inSystem = <T>({ services }: Prepared, work: Parameters<typeof inContext<T>>[2]) => inContext(services.db, systemContext, work)

/** A review with one question changed to nothing, signed by both, and shared and closed if wanted. */
async function reviewed(prepared: Prepared, until: 'signed' | 'shared' | 'closed') {
  const scene = await reviewScene(prepared)
  const { city, first, second, sample } = scene
  const [lowered, unsupported] = [city.answered[2]!, city.answered[3]!]
  await inSystem(prepared, async (db) => {
    const refused = { decision: 'not-supported' as const, reasonCode: 'evidence-missing' as const, reportText: 'There is no document.' }
    for (const questionId of city.answered)
      await addJudgement(db, scene, first.person.id, { questionId, ...([lowered, unsupported].includes(questionId) && refused) })
    for (const questionId of sample) await addJudgement(db, scene, second.person.id, { questionId })
    const signedAt = new Date()
    for (const id of [scene.firstAssignmentId!, scene.secondAssignmentId!]) await setAssignment(db, id, { signedAt })
    if (until !== 'signed') await setReview(db, scene.reviewId, { sharedAt: signedAt, replyUntil: new Date(Date.now() + 1e9) })
    if (until === 'closed') await setReview(db, scene.reviewId, { closedAt: signedAt, graceUntil: new Date(Date.now() + 1e9) })
  })
  return { scene, lowered, unsupported }
}

const merge = (scene: ReviewScene, who: SignedInPerson, questionId: string, decision: string, version: number, isOneByOne = false) =>
  who.ask(`${api(scene)}/corrections`, { json: { choices: [{ questionId, decision, version }], isOneByOne }, headers: key() })

describe('the result of a review', () => {
  it('stands beside the self-reported one: worked out by hand', () =>
    rolledBack(async (prepared) => {
      const { scene, lowered, unsupported } = await reviewed(prepared, 'shared')
      const response = await scene.coordinator.ask(`${api(scene)}/result`)
      const result = (await response.json()) as {
        dimensions: { id: string; score: number; verified: { score: number | null; share: number } }[]
        decisions: { questionId: string; pointsBefore: number; pointsAfter: number }[]
      }
      const { instruments } = prepared.services
      const first = instruments.current.dimensions[0]!
      // every judged question lies in the first area; under the default scheme each indicator counts alike, each question by its weight
      const judged = new Set(scene.city.answered)
      const scores = first.indicators.flatMap(({ questions }) => {
        const own = questions.filter(({ id }) => judged.has(id))
        if (own.length === 0) return []
        const points = (q: QuestionRules) => ([lowered, unsupported].includes(q.id) ? 0 : q.options[0]!.points)
        const weight = own.reduce((sum, q) => sum + q.weight, 0)
        return [own.reduce((sum, q) => sum + (q.weight * 100 * points(q)) / q.max, 0) / weight]
      })
      const byHand = scores.reduce((sum, score) => sum + score, 0) / scores.length
      const area = result.dimensions.find(({ id }) => id === first.id)!
      const ids = new Set(first.indicators.flatMap(({ questions }) => questions.map(({ id }) => id)))
      expect(scene.city.answered.filter((id) => !ids.has(id))).toEqual([])
      expect(area.verified.score).toBeCloseTo(byHand, 9)
      const question = findQuestion(instruments.current, unsupported)!
      expect(result.decisions.find(({ questionId }) => questionId === unsupported)).toMatchObject({
        pointsBefore: question.options[0]!.points,
        pointsAfter: 0,
      })
      expect(area.verified.share).toBeGreaterThan(0)
    }))

  it('is for nobody of the city before it is shared, for experts after both have signed, for other cities never', () =>
    rolledBack(async (prepared) => {
      const { scene } = await reviewed(prepared, 'signed')
      const page = `/reviews/${scene.reviewId}/result`
      expect((await scene.coordinator.ask(page)).status).toBe(409)
      expect((await scene.first.ask(page)).status).toBe(200)
      const other = await signIn(prepared, (await handedInCity(prepared, 'elsewhere')).coordinator)
      expect((await other.ask(page)).status).toBe(404)
      expect((await other.ask(`${api(scene)}/corrections`)).status).toBe(404)
      await inSystem(prepared, (db) => setAssignment(db, scene.secondAssignmentId!, { signedAt: null }))
      for (const who of [scene.first, scene.second, scene.lead]) expect((await who.ask(page)).status).toBe(409)
      const stranger = await signIn(prepared, await addPerson(prepared, 'reviewer'))
      expect((await stranger.ask(page)).status).toBe(404)
    }))
})

describe('corrections', () => {
  it('are offered after closing, taken over as the city chooses, and named in the history', () =>
    rolledBack(async (prepared) => {
      const { scene, lowered, unsupported } = await reviewed(prepared, 'closed')
      const listed = (await (await scene.coordinator.ask(`${api(scene)}/corrections`)).json()) as {
        corrections: { questionId: string; working: { version: number }; proposed: { options: string[] } | null }[]
      }
      expect(listed.corrections.map(({ questionId }) => questionId)).toEqual([lowered, unsupported])
      const [offer] = listed.corrections
      expect((await merge(scene, scene.coordinator, lowered, 'taken', 1)).status).toBe(offer!.proposed === null ? 409 : 200)
      expect((await merge(scene, scene.coordinator, unsupported, 'kept', 1)).status).toBe(200)
      expect((await merge(scene, scene.coordinator, unsupported, 'taken', 1)).status).toBe(409)
      const answers = await scene.as(scene.city.coordinator, (db) => getAnswers(db, scene.assessmentId))
      expect(answers.get(lowered)!.options).toEqual(offer!.proposed!.options)
      expect(answers.get(unsupported)!.version).toBe(1)
      const [newest] = await scene.as(scene.city.coordinator, (db) => listHistory(db, scene.assessmentId, lowered))
      expect(newest!.origin).toBe('review')
      expect(await actionsOf(prepared)).toEqual(expect.arrayContaining(['answer.saved', 'correction.taken', 'correction.kept']))
      const html = await (await scene.coordinator.ask(`/reviews/${scene.reviewId}/corrections`)).text()
      expect(html).toContain('Taken over')
    }))

  it('never overwrite what the city has changed since, unless it has seen both', () =>
    rolledBack(async (prepared) => {
      const { scene, lowered } = await reviewed(prepared, 'closed')
      const { coordinator } = scene.city
      const request = {
        assessmentId: scene.assessmentId,
        questionId: lowered,
        patch: { explanation: 'New words' },
        version: 1,
        language: 'en',
      }
      await scene.as(coordinator, (db) => saveAnswer(db, coordinator, prepared.services.instruments, request, new Date()))
      expect((await merge(scene, scene.coordinator, lowered, 'taken', 1, true)).status).toBe(412)
      expect((await merge(scene, scene.coordinator, lowered, 'taken', 2, false)).status).toBe(409)
      const before = await scene.as(coordinator, (db) => getAnswers(db, scene.assessmentId))
      expect(before.get(lowered)).toMatchObject({ version: 2, explanation: 'New words' })
      expect((await merge(scene, scene.coordinator, lowered, 'taken', 2, true)).status).toBe(200)
      const after = await scene.as(coordinator, (db) => getAnswers(db, scene.assessmentId))
      expect(after.get(lowered)).toMatchObject({ version: 3, explanation: 'New words' })
    }))

  it('can be decided with the form of one question, and of a whole area', () =>
    rolledBack(async (prepared) => {
      const { scene, lowered, unsupported } = await reviewed(prepared, 'closed')
      const page = `/reviews/${scene.reviewId}/corrections`
      const form = { _key: randomUUID(), decision: 'taken', seen: [`${lowered}:1`, `${unsupported}:1`] }
      expect((await scene.coordinator.ask(page, { form })).headers.get('location')).toContain('done=taken&count=2')
      expect(await (await scene.coordinator.ask(page)).text()).toContain('Nothing left to decide')
    }))

  it('wait until the review is closed', () =>
    rolledBack(async (prepared) => {
      const { scene } = await reviewed(prepared, 'shared')
      expect((await scene.coordinator.ask(`${api(scene)}/corrections`)).status).toBe(409)
    }))
})
