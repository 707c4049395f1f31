import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { addCity } from '../../../test/accounts.ts'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { addPerson, signIn, type SignedInPerson } from '../../../test/signed-in.ts'
import { addWave } from '../../../test/waves.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { answerHistory, answers, carriedAnswers, citations, evidence } from '../../db/schema.ts'
import type { QuestionRules } from '../instrument/instrument.ts'
import { type AnswerFields, emptyAnswer, neverSaved, type StoredAnswer } from './answer.ts'
import { carriedState, confirmingPatch, countCarried, countEvidence, findMisfit } from './carried.ts'

const stored = (fields: Partial<StoredAnswer>): StoredAnswer => ({ ...neverSaved('q'), version: 1, ...fields })
const rules = {
  id: 'q',
  type: 'multiple',
  options: [
    { id: 'a', points: 1 },
    { id: 'b', points: 1 },
    { id: 'none', points: 0 },
  ],
  max: 2,
  allowsNotApplicable: false,
  visibleIf: null,
} as unknown as QuestionRules

describe('what became of an earlier answer', () => {
  const earlier = stored({ options: ['a', 'b'], explanation: 'Since 2019.' })

  it('is new, not looked at, confirmed or changed', () => {
    expect(carriedState(null, stored({ options: ['a'] }))).toBe('new')
    expect(carriedState(earlier, null, false)).toBe('not-asked')
    expect(carriedState(earlier, null)).toBe('not-looked-at')
    expect(carriedState(earlier, stored({ explanation: 'Somebody has begun to write.' }))).toBe('not-looked-at')
    expect(carriedState(earlier, stored({ options: ['b', 'a'], explanation: 'Since 2019.' }))).toBe('confirmed')
    expect(carriedState(earlier, stored({ options: ['a', 'b'], explanation: 'Since 2020.' }))).toBe('changed')
    expect(carriedState(earlier, stored({ missing: 'not-known' }))).toBe('changed')
    expect(countCarried([{ state: 'new' }, { state: 'changed' }, { state: 'new' }, { state: 'not-looked-at' }])).toEqual({
      confirmed: 0,
      changed: 1,
      new: 2,
      notLookedAt: 1,
      notAsked: 0,
    })
  })

  it('copies what is not there yet and keeps words that were typed in this wave', () => {
    expect(confirmingPatch(earlier)).toEqual({ options: ['a', 'b'], missing: null, reason: null, explanation: 'Since 2019.' })
    expect(confirmingPatch(earlier, stored({ explanation: 'New words.' }))).toMatchObject({
      options: ['a', 'b'],
      explanation: 'New words.',
    })
  })

  it('cannot be confirmed when the question no longer has its options, and says which', () => {
    expect(findMisfit(rules, earlier)).toBeNull()
    expect(findMisfit(rules, stored({ options: ['a', 'old', 'older'] }))).toEqual({ rule: 'unknown-option', lost: ['old', 'older'] })
    expect(findMisfit(rules, stored({ missing: 'not-applicable', reason: 'The region.' }))).toEqual({
      rule: 'not-applicable-refused',
      lost: [],
    })
    expect(findMisfit({ ...rules, type: 'single' }, earlier)).toEqual({ rule: 'one-option', lost: [] })
  })

  it('counts evidence: what expired before today is expired, what expires today is not', () => {
    expect(countEvidence([null, '2026-03-01', '2026-02-28', '2027-01-01'], '2026-03-01')).toEqual({
      count: 4,
      expired: 1,
      nextExpiry: '2026-03-01',
    })
    expect(countEvidence([], '2026-03-01')).toEqual({ count: 0, expired: 0, nextExpiry: null })
  })
})

const { rolledBack } = testDatabase()

interface Scene extends Prepared {
  cityId: string
  earlierId: string
  assessmentId: string
  coordinator: SignedInPerson
}

/** A city in its second wave. */
async function scene(prepared: Prepared): Promise<Scene> {
  const cityId = await addCity(prepared, 'twice')
  const { assessmentId: earlierId } = await addWave(prepared, { slug: '2024', cityId, opened: 700, closes: -500 })
  const { assessmentId } = await addWave(prepared, { slug: '2026', cityId, opened: 20, closes: 20 })
  const coordinator = await signIn(prepared, await addPerson(prepared, 'city-coordinator', cityId, 'Ada'))
  return { ...prepared, cityId, earlierId, assessmentId, coordinator }
}

/** An answer as the earlier wave left it. */
async function answerThen(
  { services, cityId, earlierId, coordinator }: Scene,
  questionId: string,
  fields: Partial<AnswerFields>,
): Promise<void> {
  const row = { ...emptyAnswer, ...fields, assessmentId: earlierId, questionId, cityId, version: 1, language: 'de' }
  const then = new Date(services.now().getTime() - 600 * 24 * 3600 * 1000)
  await inContext(services.db, systemContext, async (db) => {
    await db.insert(answers).values({ ...row, updatedAt: then, updatedBy: coordinator.person.id })
    await db.insert(answerHistory).values({ ...row, savedAt: then, savedBy: coordinator.person.id })
  })
}

const confirm = (
  { assessmentId, coordinator }: Scene,
  seen: { questionId: string; fromVersion: number }[],
  key: string = crypto.randomUUID(),
  person = coordinator,
) =>
  person.ask(`/api/v1/assessments/${assessmentId}/earlier-answers/confirm`, {
    method: 'POST',
    json: { answers: seen },
    headers: { 'idempotency-key': key },
  })

const listed = async ({ assessmentId, coordinator }: Scene) =>
  (await (await coordinator.ask(`/api/v1/assessments/${assessmentId}/earlier-answers`)).json()) as {
    from: { wave: { name: string } } | null
    counts: Record<string, number>
    questions: { questionId: string; state: string; misfit: unknown; earlier: { explanation: string } | null }[]
  }

describe('"still true?" in a second wave', () => {
  it('offers an earlier answer with its date and author, and takes it over by one click with its language and origin', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      await answerThen(at, 'com-01', { options: ['council-decision'], explanation: 'Seit 2019.' })
      const path = `/assessments/${at.assessmentId}/questions/com-01`
      const page = await (await at.coordinator.ask(path)).text()
      expect(page).toMatch(/Still true\? Wave 2024, answered on .* by Ada/)
      expect(page).toContain('<p lang="de">Seit 2019.</p>')
      const form = { _key: /name="_key" value="([^"]+)"/.exec(page)![1]!, seen: 'com-01:1', returnTo: path }
      const done = await at.coordinator.ask(`/assessments/${at.assessmentId}/still-true`, { form })
      expect(done.headers.get('location')).toBe(`${path}?saved=com-01#question-com-01`)
      const { history } = (await (await at.coordinator.ask(`/api/v1${path.replace('/questions/', '/answers/')}/history`)).json()) as {
        history: unknown[]
      }
      expect(history).toMatchObject([
        { version: 1, options: ['council-decision'], explanation: 'Seit 2019.', language: 'de', origin: 'still-true' },
      ])
      expect(await (await at.coordinator.ask(path)).text()).not.toContain('Still true?')
      expect(await (await at.coordinator.ask(`${path}/history`)).text()).toContain('Confirmed from Wave 2024')
      await inContext(at.services.db, systemContext, async (db) => {
        const [record] = await db.select().from(carriedAnswers)
        expect(record).toMatchObject({ fromAssessmentId: at.earlierId, fromVersion: 1, answerVersion: 1, decision: 'confirmed' })
      })
    })
  })

  it('keeps the difference: changed answers stand beside those of then', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      await answerThen(at, 'com-01', { options: ['council-decision'], explanation: 'Seit 2019.' })
      await at.coordinator.ask(`/api/v1/assessments/${at.assessmentId}/answers/com-01`, {
        method: 'PUT',
        json: { options: ['no'] },
        headers: { 'if-match': '0' },
      })
      expect((await listed(at)).counts).toEqual({ confirmed: 0, changed: 1, new: 85, notLookedAt: 0, notAsked: 0 })
      expect(await (await at.coordinator.ask(`/assessments/${at.assessmentId}/questions/com-01/history`)).text()).toContain(
        'Changed since Wave 2024',
      )
      const page = await (await at.coordinator.ask(`/assessments/${at.assessmentId}/still-true`)).text()
      expect(page).toContain('Changed (1)')
      expect(page).toContain('Seit 2019.')
    })
  })

  it('never overwrites: an answer given meanwhile, a changed earlier answer and a lost option are skipped with the reason', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      for (const id of ['com-01', 'com-02']) await answerThen(at, id, { options: ['planned'] })
      await answerThen(at, 'com-09', { options: ['no-longer-there'] })
      await at.coordinator.ask(`/api/v1/assessments/${at.assessmentId}/answers/com-01`, {
        method: 'PUT',
        json: { options: ['no'] },
        headers: { 'if-match': '0' },
      })
      const seen = [
        { questionId: 'com-09', fromVersion: 1 },
        { questionId: 'com-02', fromVersion: 7 },
        { questionId: 'com-01', fromVersion: 1 },
        { questionId: 'com-10', fromVersion: 1 },
      ]
      expect(await (await confirm(at, seen)).json()).toEqual({
        confirmed: [],
        skipped: [
          { questionId: 'com-01', reason: 'answered' },
          { questionId: 'com-02', reason: 'earlier-changed' },
          { questionId: 'com-09', reason: 'misfit' },
          { questionId: 'com-10', reason: 'no-earlier' },
        ],
        citations: 0,
      })
      const page = await (await at.coordinator.ask(`/assessments/${at.assessmentId}/still-true`)).text()
      expect(page).toContain('This option is no longer offered: “no-longer-there”. Please choose again.')
    })
  })

  it('has one effect however often it is sent', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      await answerThen(at, 'com-01', { options: ['council-decision'] })
      const first = await (await confirm(at, [{ questionId: 'com-01', fromVersion: 1 }], 'the-same-key')).json()
      expect(first).toMatchObject({ confirmed: ['com-01'] })
      expect(await (await confirm(at, [{ questionId: 'com-01', fromVersion: 1 }], 'the-same-key')).json()).toEqual(first)
      const rows = await inContext(at.services.db, systemContext, (db) => db.select().from(carriedAnswers))
      expect(rows).toHaveLength(1)
    })
  })

  it('takes the evidence along, except what has expired', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      await answerThen(at, 'com-01', { options: ['council-decision'] })
      await inContext(at.services.db, systemContext, async (db) => {
        const own = { cityId: at.cityId, kind: 'report', url: 'https://example.org' }
        const [valid, expired, removed] = await db
          .insert(evidence)
          .values([
            { ...own, title: 'Valid' },
            { ...own, title: 'Expired', validUntil: '2020-12-31' },
            { ...own, title: 'Removed', removedAt: new Date() },
          ])
          .returning()
        const cited = { cityId: at.cityId, assessmentId: at.earlierId, questionId: 'com-01' }
        await db.insert(citations).values([
          { ...cited, evidenceId: valid!.id, page: 4, quotation: 'The council has decided.' },
          { ...cited, evidenceId: expired!.id },
          { ...cited, evidenceId: removed!.id },
        ])
      })
      expect(await (await at.coordinator.ask(`/assessments/${at.assessmentId}/questions/com-01`)).text()).toContain(
        '2 documents are cited. One has expired and is not carried over.',
      )
      expect(await (await confirm(at, [{ questionId: 'com-01', fromVersion: 1 }])).json()).toMatchObject({ citations: 1 })
      const carried = await inContext(at.services.db, systemContext, (db) =>
        db
          .select()
          .from(citations)
          .where(and(eq(citations.assessmentId, at.assessmentId), eq(citations.questionId, 'com-01'))),
      )
      expect(carried).toMatchObject([{ page: 4, quotation: 'The council has decided.', createdBy: at.coordinator.person.id }])
    })
  })

  it('is for those who answer the question, in the city itself', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      await answerThen(at, 'com-01', { options: ['council-decision'] })
      const seen = [{ questionId: 'com-01', fromVersion: 1 }]
      const approver = await signIn(prepared, await addPerson(prepared, 'approver', at.cityId))
      const contributor = await signIn(prepared, await addPerson(prepared, 'contributor', at.cityId))
      const elsewhere = await signIn(prepared, await addPerson(prepared, 'city-coordinator', await addCity(prepared, 'elsewhere')))
      expect((await confirm(at, seen, undefined, approver)).status).toBe(403)
      expect((await confirm(at, seen, undefined, contributor)).status).toBe(404)
      expect((await confirm(at, seen, undefined, elsewhere)).status).toBe(404)
      expect(await (await approver.ask(`/assessments/${at.assessmentId}/questions/com-01`)).text()).not.toContain('Still true?')
    })
  })

  it('says so when it is the first wave', async () => {
    await rolledBack(async (prepared) => {
      const cityId = await addCity(prepared, 'first')
      const { assessmentId } = await addWave(prepared, { slug: '2026', cityId, opened: 20, closes: 20 })
      const coordinator = await signIn(prepared, await addPerson(prepared, 'city-coordinator', cityId))
      expect(await (await coordinator.ask(`/assessments/${assessmentId}/still-true`)).text()).toContain("This is your city's first wave")
    })
  })
})
