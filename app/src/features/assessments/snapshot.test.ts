import { describe, expect, it } from 'vitest'
import { addCity } from '../../../test/accounts.ts'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { addPerson, signIn, type SignedInPerson } from '../../../test/signed-in.ts'
import { addWave } from '../../../test/waves.ts'
import { inContext, systemContext } from '../../db/context.ts'
import type { Instrument, QuestionRules } from '../instrument/instrument.ts'
import { neverSaved, type StoredAnswer } from './answer.ts'
import type { Exclusion } from './scope.ts'
import type { Sheet } from './sheet.ts'
import { compareSheets, countChanges, parseStateRef, scoreState } from './snapshot.ts'
import { saveAnswer } from './usecases.ts'

const question = (id: string): QuestionRules =>
  ({
    id,
    type: 'single',
    options: [
      { id: 'yes', points: 2 },
      { id: 'partly', points: 1 },
      { id: 'no', points: 0 },
    ],
    max: 2,
    weight: 1,
    allowsNotApplicable: false,
    visibleIf: null,
  }) as unknown as QuestionRules

/** Area a: a1, a2. Area b: b1. */
const instrument = {
  id: 'tiny',
  version: '1',
  texts: {},
  scopes: [{ id: 'schools', questions: ['a2'] }],
  dimensions: [
    { id: 'a', set: 'core', indicators: [{ id: 'a', questions: [question('a1'), question('a2')] }] },
    { id: 'b', set: 'extended', indicators: [{ id: 'b', questions: [question('b1')] }] },
  ],
  schemes: [{ id: 'by-dimension', isDefault: true, dimensions: { a: 1, b: 1 }, indicators: { a: 1, b: 1 } }],
} as unknown as Instrument

const answer = (questionId: string, fields: Partial<StoredAnswer>): StoredAnswer => ({ ...neverSaved(questionId), version: 1, ...fields })
const sheet = (answers: StoredAnswer[], exclusions: [string, Exclusion][] = []): Sheet => ({
  assessmentId: '',
  wave: { slug: '', name: '' },
  instrumentVersionId: '',
  at: null,
  answers: new Map(answers.map((each) => [each.questionId, each])),
  exclusions: new Map(exclusions),
})
const kinds = (a: Sheet, b: Sheet) => compareSheets(instrument, a, b).map(({ questionId, kind }) => [questionId, kind])

describe('what changed between two states', () => {
  const before = sheet([answer('a1', { options: ['no'], explanation: 'Not yet.' }), answer('b1', { options: ['yes'] })])

  it('tells answered, taken back, changed and reworded apart, in the order of the questionnaire', () => {
    expect(kinds(before, before)).toEqual([])
    const after = sheet([
      answer('b1', { missing: null }),
      answer('a1', { options: ['yes'], explanation: 'Not yet.' }),
      answer('a2', { missing: 'not-known' }),
    ])
    expect(kinds(before, after)).toEqual([
      ['a1', 'changed'],
      ['a2', 'answered'],
      ['b1', 'taken-back'],
    ])
    expect(kinds(before, sheet([answer('a1', { options: ['no'], explanation: 'Never.' }), answer('b1', { options: ['yes'] })]))).toEqual([
      ['a1', 'reworded'],
    ])
  })

  it('says when a question is no longer asked or asked again, whatever was answered meanwhile', () => {
    const excluded = sheet([...before.answers.values()], [['a2', { scopeId: 'schools', reason: 'Region' }]])
    expect(kinds(before, excluded)).toEqual([['a2', 'excluded']])
    expect(kinds(excluded, before)).toEqual([['a2', 'included']])
    expect(countChanges(compareSheets(instrument, before, excluded))).toMatchObject({ excluded: 1, changed: 0 })
  })

  it('puts questions that are no longer asked last', () => {
    expect(kinds(sheet([answer('old', { options: ['yes'] })]), sheet([]))).toEqual([['old', 'taken-back']])
  })

  it('scores each state with what it leaves out', () => {
    // a1: 0 of 2, a2 open: a = 0; b1: 2 of 2 = 100; core = a, extended = (0 + 100) / 2
    expect(scoreState(instrument, before)).toEqual({
      core: 0,
      extended: 50,
      dimensions: new Map([
        ['a', 0],
        ['b', 100],
      ]),
    })
    // a1: 1 of 2 = 50, a2 left out: a = 50, no longer halved by the open question
    const after = sheet([answer('a1', { options: ['partly'] })], [['a2', { scopeId: 'schools', reason: 'Region' }]])
    expect(scoreState(instrument, after)).toEqual({
      core: 50,
      extended: 25,
      dimensions: new Map([
        ['a', 50],
        ['b', 0],
      ]),
    })
  })
})

describe('states in addresses', () => {
  it('are now, the wave before, a snapshot or a copy; nothing else', () => {
    const id = '0198c0de-0000-7000-8000-000000000001'
    expect(parseStateRef('now')).toEqual({ kind: 'now' })
    expect(parseStateRef('earlier')).toEqual({ kind: 'earlier' })
    expect(parseStateRef(`copy:${id}`)).toEqual({ kind: 'copy', id })
    for (const odd of ['', 'then', 'snapshot:', 'snapshot:1', `answer:${id}`, `copy:${id}'`]) expect(parseStateRef(odd)).toBeNull()
  })
})

const { rolledBack } = testDatabase()
const day = 24 * 3600 * 1000 // ms

interface Scene extends Prepared {
  assessmentId: string
  cityId: string
  coordinator: SignedInPerson
  now: number
}

/** An answer in three versions: ten, six and two days ago. */
async function scene(prepared: Prepared): Promise<Scene> {
  const cityId = await addCity(prepared, 'snapville')
  const { assessmentId } = await addWave(prepared, { slug: '2026', cityId, opened: 20, closes: 20 })
  const coordinator = await signIn(prepared, await addPerson(prepared, 'city-coordinator', cityId, 'Ada'))
  const now = prepared.services.now().getTime()
  const save = (version: number, options: string[], explanation: string, daysAgo: number) =>
    inContext(prepared.services.db, systemContext, (db) =>
      saveAnswer(
        db,
        coordinator.person,
        prepared.services.instruments,
        { assessmentId, questionId: 'com-01', version, patch: { options, explanation }, language: 'en' },
        new Date(now - daysAgo * day),
      ),
    )
  await save(0, ['no'], 'Nothing so far.', 10)
  await save(1, ['planned'], 'Planned for the spring.', 6)
  await save(2, ['council-decision'], 'Decided in the spring.', 2)
  return { ...prepared, assessmentId, cityId, coordinator, now }
}

const name = async ({ assessmentId, coordinator, now }: Scene, title: string, daysAgo: number, person = coordinator) =>
  person.ask(`/api/v1/assessments/${assessmentId}/snapshots`, {
    method: 'POST',
    json: { name: title, at: new Date(now - daysAgo * day).toISOString() },
    headers: { 'idempotency-key': crypto.randomUUID() },
  })
const named = async (at: Scene, title: string, daysAgo: number) =>
  `snapshot:${((await (await name(at, title, daysAgo)).json()) as { id: string }).id}`
const compare = ({ assessmentId, coordinator }: Scene, a: string, b: string) =>
  coordinator.ask(`/api/v1/assessments/${assessmentId}/snapshots/compare?a=${a}&b=${b}`)

describe('named moments', () => {
  it('show the version that held between two others', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      const [first, between] = [await named(at, 'Before the first answer', 11), await named(at, 'As the council saw it', 4)]
      const seen = (await (await compare(at, between, 'now')).json()) as {
        changes: unknown[]
        a: { scores: { core: number } }
        b: { scores: { core: number } }
      }
      expect(seen.changes).toMatchObject([
        {
          questionId: 'com-01',
          kind: 'changed',
          before: { version: 2, options: ['planned'] },
          after: { version: 3, options: ['council-decision'], author: { name: 'Ada' } },
        },
      ])
      // weight 1 of 9.5 in one of ten areas: 1 of 4 points then, 4 of 4 now
      expect(seen.a.scores.core).toBeCloseTo(25 / 9.5 / 10, 12)
      expect(seen.b.scores.core).toBeCloseTo(100 / 9.5 / 10, 12)
      expect(await (await compare(at, first, between)).json()).toMatchObject({
        counts: { answered: 1 },
        changes: [{ before: null, after: { version: 2 } }],
      })
      expect(await (await compare(at, 'now', 'now')).json()).toMatchObject({ changes: [] })
    })
  })

  it('include the very moment at which something was saved', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      expect(await (await compare(at, await named(at, 'Exactly', 6), await named(at, 'A little before', 6.0001))).json()).toMatchObject({
        changes: [{ before: { version: 2 }, after: { version: 1 } }],
      })
    })
  })

  it('leave out what the city had said by then that it is not responsible for, and not what it said later', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      const yesterday = await named(at, 'Yesterday', 1)
      await at.coordinator.ask(`/api/v1/assessments/${at.assessmentId}/scope`, {
        method: 'PUT',
        json: { scopes: [{ scopeId: 'social-services', isResponsible: false, reason: 'The county' }] },
        headers: { 'if-match': '0' },
      })
      expect(await (await compare(at, yesterday, 'now')).json()).toMatchObject({
        changes: [{ questionId: 'pub-04', kind: 'excluded', exclusions: { before: null, after: { reason: 'The county' } } }],
      })
    })
  })

  it('may lie ahead, and are compared once they have come', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      const ahead = await named(at, 'The council meets', -3)
      const refused = await compare(at, ahead, 'now')
      expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([409, 'SNAPSHOT_IN_FUTURE'])
      expect(await (await at.coordinator.ask(`/assessments/${at.assessmentId}/snapshots`)).text()).toContain('lies ahead')
    })
  })

  it('show old and new words side by side on the page, and both in full in the file', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      const between = await named(at, 'As the council saw it', 4)
      const page = await (await at.coordinator.ask(`/assessments/${at.assessmentId}/snapshots/compare?a=${between}&b=now`)).text()
      expect(page).toContain('One question has changed')
      expect(page).toMatch(/<del>.*Planned for.*<\/del>.*<ins>.*Decided in.*<\/ins>/)
      const csv = await (await at.coordinator.ask(`/assessments/${at.assessmentId}/snapshots/compare.csv?a=${between}&b=now`)).text()
      expect(csv.split('\r\n')[1]).toMatch(/^1,com-01,.*,changed,.*Planned for the spring\.,Decided in the spring\.,Ada,/)
    })
  })

  it('are named and taken off the list by the coordinator; the list is read by those who read everything', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      const approver = await signIn(prepared, await addPerson(prepared, 'approver', at.cityId))
      const contributor = await signIn(prepared, await addPerson(prepared, 'contributor', at.cityId))
      const elsewhere = await signIn(prepared, await addPerson(prepared, 'city-coordinator', await addCity(prepared, 'elsewhere')))
      expect((await name(at, 'Mine', 1, approver)).status).toBe(403)
      expect((await name(at, 'Mine', 1, elsewhere)).status).toBe(404)
      expect((await contributor.ask(`/assessments/${at.assessmentId}/snapshots`)).status).toBe(403)
      const id = (await named(at, 'Ours', 1)).split(':')[1]
      expect(await (await approver.ask(`/assessments/${at.assessmentId}/snapshots`)).text()).toContain('Ours')
      const removed = await at.coordinator.ask(`/assessments/${at.assessmentId}/snapshots/${id}/remove`, { form: {} })
      expect(removed.status).toBe(303)
      expect((await compare(at, `snapshot:${id}`, 'now')).status).toBe(404)
      expect((await at.coordinator.ask(`/api/v1/assessments/${at.assessmentId}/snapshots/${id}`, { method: 'DELETE' })).status).toBe(404)
    })
  })

  it('are named by the form, which says what is wrong with a day that does not exist', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      const path = `/assessments/${at.assessmentId}/snapshots`
      const refused = await at.coordinator.ask(path, { form: { _key: crypto.randomUUID(), name: '', day: '2026-02-31', time: '25:00' } })
      expect(refused.status).toBe(422)
      expect(await refused.text()).toContain('Give the moment a name.')
      const done = await at.coordinator.ask(path, {
        form: { _key: crypto.randomUUID(), name: 'Council', day: '2026-03-01', time: '18:00' },
      })
      expect(done.headers.get('location')).toBe(`${path}?created`)
    })
  })
})
