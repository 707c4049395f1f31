import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, describe, expect, it } from 'vitest'
import { addCity } from '../../../test/accounts.ts'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { addPerson } from '../../../test/signed-in.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { assessments, waves } from '../../db/schema.ts'
import { getAnswers } from '../assessments/queries.ts'
import { saveAnswer } from '../assessments/usecases.ts'
import type { Person } from '../../permissions.ts'
import { questionsOf } from '../instrument/instrument.ts'
import { writeExport } from './export-archive.ts'
import { exportPortions } from './export-rows.ts'
import { type IncomingAnswer, judgeAnswer } from './import.ts'
import { applyAnswers, getAuthor, planAnswers, readAnswerFile } from './import-answers.ts'
import { applyFacts, factColumns, planFacts } from './import-facts.ts'
import { applyPeople, peopleColumns, planPeople } from './import-people.ts'
import { readTable } from './import-table.ts'

const { rolledBack } = testDatabase()
const folder = mkdtempSync(join(tmpdir(), 'tessera-export-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const target = { city: 'city-a', wave: 'wave-a' }

interface Scene {
  person: Person
  assessmentId: string
  /** Single-choice questions that are always asked. */
  questions: { id: string; options: readonly { id: string }[] }[]
  save: (question: string, patch: object) => Promise<unknown>
}

async function setScene(prepared: Prepared): Promise<Scene> {
  const { db, instruments } = prepared.services
  const cityId = await addCity(prepared, target.city)
  const person = await addPerson(prepared, 'city-coordinator', cityId)
  const assessmentId = await inContext(db, systemContext, async (tx) => {
    const [wave] = await tx
      .insert(waves)
      .values({
        slug: target.wave,
        name: 'Wave',
        opensAt: new Date(Date.now() - 86_400_000),
        closesAt: new Date(Date.now() + 86_400_000),
        frozenAt: new Date(),
        instrumentVersionId: instruments.currentId,
      })
      .returning()
    const [assessment] = await tx.insert(assessments).values({ waveId: wave!.id, cityId }).returning()
    return assessment!.id
  })
  const questions = questionsOf(instruments.current).filter(({ type, visibleIf }) => type === 'single' && !visibleIf)
  const save = (questionId: string, patch: object) =>
    inContext(db, systemContext, async (tx) => {
      const version = (await getAnswers(tx, assessmentId)).get(questionId)?.version ?? 0
      return saveAnswer(tx, person, instruments, { assessmentId, questionId, patch, version, language: 'en' }, new Date())
    })
  return { person, assessmentId, questions, save }
}

let files = 0
async function exportAll({ services }: Prepared, filter = { cities: [] as string[], waves: [] as string[] }) {
  const file = join(folder, `export-${files++}.zip`)
  await inContext(services.db, systemContext, (db) =>
    writeExport(file, { portions: exportPortions(db, filter), texts: () => new Map() }, new Date()),
  )
  const members = unzipSync(readFileSync(file))
  return { bytes: readFileSync(file), text: (name: string) => strFromU8(members[name]!) }
}

const awkward = '=1+1, "quoted"\nsecond line; ä ß \\N'

describe('an export', () => {
  it('holds the same rows as CSV and JSON, in full and without names of people', async () => {
    await rolledBack(async (prepared) => {
      const { questions, save } = await setScene(prepared)
      await save(questions[0]!.id, { options: [questions[0]!.options[0]!.id], explanation: awkward })
      const { text } = await exportAll(prepared)
      const rows = JSON.parse(text('answers.json')) as Record<string, unknown>[]
      expect(rows).toHaveLength(1)
      expect(rows[0]).toMatchObject({
        ...target,
        question: questions[0]!.id,
        answer: questions[0]!.options[0]!.id,
        explanation: awkward,
        is_synthetic: false,
      })
      const { rows: csv } = readTable(text('answers.csv'), { required: Object.keys(rows[0]!) })
      expect(csv[0]!.cells.explanation).toBe(awkward)
      expect(text('answers.csv')).toContain("'=1+1")
      expect(JSON.parse(text('cities.json'))).toHaveLength(1)
      expect(JSON.parse(text('facts.json'))).toEqual([])
      expect(Object.values(text('answers.json')).join('')).not.toContain('city-coordinator')
    })
  })

  it('of one city holds nothing of another', async () => {
    await rolledBack(async (prepared) => {
      const { questions, save } = await setScene(prepared)
      await save(questions[0]!.id, { explanation: 'of city a' })
      await addCity(prepared, 'city-b')
      const { text } = await exportAll(prepared, { cities: ['city-b'], waves: [] })
      expect(JSON.parse(text('cities.json'))).toMatchObject([{ city: 'city-b' }])
      expect(JSON.parse(text('answers.json'))).toEqual([])
    })
  })
})

describe('importing answers', () => {
  const fields = { options: ['yes'], missing: null, reason: null, explanation: null }
  const stored = (change: object) => ({
    ...fields,
    questionId: 'q',
    version: 3,
    updatedAt: '2026-01-01T00:00:00.000Z',
    author: null,
    language: 'en',
    ...change,
  })

  it('replaces an answer only when the file was made from exactly it, or when that was asked for', () => {
    const no = { ...fields, options: ['no'] }
    const seen = { version: 3, updatedAt: '2026-01-01T00:00:00.000Z' }
    expect(judgeAnswer({ fields, seen: null }, undefined, false)).toBe('new')
    expect(judgeAnswer({ fields, seen: null }, stored({}), false)).toBe('same')
    expect(judgeAnswer({ fields: no, seen }, stored({}), false)).toBe('changed')
    expect(judgeAnswer({ fields: no, seen: { ...seen, version: 2 } }, stored({}), false)).toBe('refused')
    expect(judgeAnswer({ fields: no, seen: { ...seen, updatedAt: '2025-12-31T00:00:00.000Z' } }, stored({}), false)).toBe('refused')
    expect(judgeAnswer({ fields: no, seen: null }, stored({}), false)).toBe('refused')
    expect(judgeAnswer({ fields: no, seen: null }, stored({}), true)).toBe('changed')
  })

  it('never takes away what is there because the file says nothing', () => {
    const nothing = { options: null, missing: null, reason: null, explanation: null }
    expect(judgeAnswer({ fields: nothing, seen: null }, stored({}), true)).toBe('left')
  })

  it('changes nothing with a fresh export, and brings back what was changed when that is asked for', async () => {
    await rolledBack(async (prepared) => {
      const { services } = prepared
      const { questions, save, person, assessmentId } = await setScene(prepared)
      const [first, second, third] = questions
      await save(first!.id, { options: [first!.options[0]!.id], explanation: awkward })
      await save(second!.id, { explanation: 'kept' })
      const exported = await exportAll(prepared)
      const plan = (isReplacing: boolean, bytes: Uint8Array = exported.bytes, name = 'x.zip') =>
        inContext(services.db, systemContext, async (db) => {
          const { answers, problems } = readAnswerFile(name, bytes, services.instruments.current, target)
          expect(problems).toEqual([])
          return planAnswers(answers, await getAnswers(db, assessmentId), services.instruments.current, isReplacing)
        })
      expect((await plan(false)).map(({ state }) => state)).toEqual(['same', 'same'])
      expect((await plan(false, Buffer.from(exported.text('answers.csv')), 'answers.csv')).map(({ state }) => state)).toEqual([
        'same',
        'same',
      ])
      await save(first!.id, { explanation: 'newer' })
      expect((await plan(false)).map(({ state }) => state).sort()).toEqual(['refused', 'same'])
      const rows = await plan(true)
      await inContext(services.db, systemContext, async (db) => {
        const author = await getAuthor(db, person.email.toUpperCase(), person.memberships[0]!.cityId!)
        await applyAnswers(db, services, { person: author, assessmentId, language: 'en', now: new Date() }, rows)
        expect((await getAnswers(db, assessmentId)).get(first!.id)).toMatchObject({
          explanation: awkward,
          version: 3,
          author: { id: person.id },
        })
      })
      const sheet = Buffer.from(`question,answer,explanation\n${third!.id},${third!.options[0]!.id},from a sheet\n`)
      expect((await plan(false, sheet, 'sheet.csv')).map(({ state }) => state)).toEqual(['new'])
    })
  })

  it('names every row that cannot be used, and refuses an author without the right', async () => {
    await rolledBack(async (prepared) => {
      const { person } = await setScene(prepared)
      const instrument = prepared.services.instruments.current
      const { problems } = readAnswerFile('sheet.csv', Buffer.from('question,answer\nno-such,yes\n'), instrument, target)
      expect(problems).toMatchObject([{ line: 2, text: 'cli.sheet.questionUnknown' }])
      expect(readAnswerFile('x.json', Buffer.from('[]'), instrument, target).problems).toMatchObject([
        { text: 'operations.import.noneOfCity' },
      ])
      for (const [name, bytes] of [
        ['x.zip', Buffer.from('no zip')],
        ['x.json', Buffer.from('{')],
      ] as const)
        expect(() => readAnswerFile(name, bytes, instrument, target)).toThrow(expect.objectContaining({ code: 'FILE_INVALID' }))
      const approver = await addPerson(prepared, 'approver', person.memberships[0]!.cityId)
      await inContext(prepared.services.db, systemContext, async (db) => {
        await expect(getAuthor(db, approver.email, person.memberships[0]!.cityId!)).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
        await expect(getAuthor(db, 'nobody@example.org', person.memberships[0]!.cityId!)).rejects.toMatchObject({
          code: 'PERSON_NOT_FOUND',
        })
      })
    })
  })

  it('finds a row that was changed after the preview', async () => {
    await rolledBack(async (prepared) => {
      const { services } = prepared
      const { questions, save, person, assessmentId } = await setScene(prepared)
      const incoming: IncomingAnswer = {
        line: 2,
        questionId: questions[0]!.id,
        fields: { ...fields, options: null, explanation: 'x' },
        seen: null,
      }
      const rows = planAnswers([incoming], new Map(), services.instruments.current, false)
      await save(questions[0]!.id, { explanation: 'meanwhile' })
      const applied = inContext(services.db, systemContext, (db) =>
        applyAnswers(db, services, { person, assessmentId, language: 'en', now: new Date() }, rows),
      )
      await expect(applied).rejects.toMatchObject({ code: 'ANSWER_CHANGED' })
    })
  })
})

describe('importing facts and people', () => {
  it('reads decimal commas, refuses what does not fit with its reason, and keeps a fact that is there', async () => {
    await rolledBack(async (prepared) => {
      await addCity(prepared, 'city-a')
      const text =
        'city;fact;value;year;source;quality\ncity-a;share-foreign-born;12,5;2023;Office;official\nnowhere;population;1;2023;Office;official\ncity-a;population;-1;2023;Office;official\n'
      const { rows } = readTable(text, factColumns)
      await inContext(prepared.services.db, systemContext, async (db) => {
        const now = new Date()
        const planned = await planFacts(db, rows, now, false)
        expect(planned.map(({ line, state, problem }) => [line, state, problem])).toEqual([
          [2, 'new', undefined],
          [3, 'refused', 'operations.import.cityUnknown'],
          [4, 'refused', 'cities.fact.value.negative'],
        ])
        await applyFacts(db, planned.slice(0, 1), now)
        expect((await planFacts(db, rows, now, false))[0]!.state).toBe('same')
        const other = readTable(text.replace('12,5', '13'), factColumns).rows
        expect((await planFacts(db, other, now, false))[0]).toMatchObject({ state: 'refused', problem: 'operations.import.factThere' })
        const replaced = await planFacts(db, other.slice(0, 1), now, true)
        await applyFacts(db, replaced, now)
        expect((await planFacts(db, other, now, false))[0]).toMatchObject({ state: 'same', present: '13 (official; Office)' })
      })
    })
  })

  it('invites people once, and names an unknown column', async () => {
    await rolledBack(async (prepared) => {
      await addCity(prepared, 'city-a')
      const text =
        'email,role,city\nAna@example.org,contributor,city-a\nbo@example.org,contributor,\nana@example.org,contributor,city-a\nx,contributor,city-a\nc@example.org,mayor,city-a\n'
      const { rows } = readTable(text, peopleColumns)
      await inContext(prepared.services.db, systemContext, async (db) => {
        const planned = await planPeople(db, rows, new Date())
        expect(planned.map(({ state, problem }) => [state, problem])).toEqual([
          ['new', undefined],
          ['refused', 'operations.import.cityMissing'],
          ['refused', 'operations.import.repeated'],
          ['refused', 'accounts.form.email.invalid'],
          ['refused', 'accounts.invite.role.missing'],
        ])
        const made = await applyPeople(db, planned.slice(0, 1), new Date())
        expect(made).toMatchObject([{ request: { email: 'ana@example.org', role: 'contributor' } }])
        expect((await planPeople(db, rows, new Date()))[0]!.state).toBe('same')
      })
      expect(readTable('email,rôle\n', peopleColumns).problems.map(({ text: key }) => key)).toEqual([
        'cli.sheet.columnMissing',
        'operations.import.columnUnknown',
      ])
    })
  })
})
