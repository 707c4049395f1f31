import { describe, expect, it } from 'vitest'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { type PlantedNetwork, plantNetwork } from '../../../test/planted-network.ts'
import { addPerson, type SignedInPerson, signIn } from '../../../test/signed-in.ts'
import { inContext, systemContext } from '../../db/context.ts'
import type { Db } from '../../db/open.ts'
import { assessments, assignments, auditEvents, departments, memberships, notices, waves } from '../../db/schema.ts'
import type { Person } from '../../permissions.ts'
import { and, eq, inArray } from 'drizzle-orm'
import { openQuestionnaire, saveAnswer } from '../assessments/usecases.ts'
import { questionsOf } from '../instrument/instrument.ts'
import { assignQuestions, openAssignments, updateAssignment, withdrawAssignment } from './assigning.ts'
import { handOnAssignment } from './hand-on.ts'
import { openOverview } from './reading.ts'
import { listDueAssignments, listDueReminders } from './reminding.ts'
import { takeOverAssignments } from './take-over.ts'
import { addDays, dayIn } from './due.ts'
import { addDepartments, endDepartment, openDepartments, updateCitySettings, updateDepartment } from './usecases.ts'

const { rolledBack } = testDatabase()
const now = new Date()
const nobody = { departmentId: null, personId: null, contactId: null, dueOn: null, note: null, version: 0 }

interface Scene {
  prepared: Prepared
  planted: PlantedNetwork
  coordinator: Person
  contributor: Person
  cityA: string
  /** Second area, assigned to nobody. */
  other: { id: string; questions: string[] }
  own: string[]
  inA: <T>(work: (db: Db) => Promise<T>) => Promise<T>
}

async function scene(prepared: Prepared): Promise<Scene> {
  const planted = await plantNetwork(prepared)
  const coordinator = planted.people.coordinator.person
  const cityA = coordinator.memberships[0]!.cityId!
  const [first, second] = prepared.services.instruments.current.dimensions
  const idsOf = (dimension: typeof first) => dimension!.indicators.flatMap((indicator) => indicator.questions.map(({ id }) => id))
  return {
    prepared,
    planted,
    coordinator,
    contributor: planted.people.contributor.person,
    cityA,
    other: { id: second!.id, questions: idsOf(second) },
    own: idsOf(first),
    inA: (work) => inContext(prepared.services.db, { scope: 'city', cityIds: [cityA] }, work),
  }
}

const reads = async ({ prepared, planted, inA }: Scene, person: Person): Promise<string[]> =>
  inA(async (db) =>
    questionsOf((await openQuestionnaire(db, person, prepared.services.instruments, planted.assessmentA)).instrument).map(({ id }) => id),
  )

const saves = ({ prepared, planted, inA }: Scene, person: Person, questionId: string) =>
  inA((db) =>
    saveAnswer(
      db,
      person,
      prepared.services.instruments,
      { assessmentId: planted.assessmentA, questionId, patch: { explanation: `by ${person.id}` }, version: 0, language: 'en' },
      now,
    ),
  )

/** What a person was told about assignments. */
const told = ({ inA }: Scene, personId: string) =>
  inA((db) =>
    db
      .select()
      .from(notices)
      .where(and(eq(notices.personId, personId), inArray(notices.kind, ['question-assigned', 'assignment-handed-on'])))
      .orderBy(notices.createdAt, notices.id),
  )

describe('an assignment', () => {
  it('gives a contributor exactly the questions that are theirs, and takes them away at once', () =>
    rolledBack(async (prepared) => {
      const s = await scene(prepared)
      const { instruments } = prepared.services
      const assessmentId = s.planted.assessmentA
      expect(await reads(s, s.contributor)).toEqual(s.own)
      const [department] = await s.inA((db) => addDepartments(db, s.coordinator, { city: 'city-a', names: ['Housing office'] }, now))
      const item = { ...nobody, dimensionId: s.other.id, questionId: null, departmentId: department! }
      await s.inA((db) => assignQuestions(db, s.coordinator, instruments, { assessmentId, items: [item] }, now))
      await expect(saves(s, s.contributor, s.other.questions[0]!)).rejects.toMatchObject({ code: 'QUESTION_NOT_FOUND' })
      const key = { city: 'city-a', department: department!, name: 'Housing office' }
      await s.inA((db) => updateDepartment(db, s.coordinator, { ...key, version: 1, members: [s.contributor.id] }, now))
      expect(await reads(s, s.contributor)).toEqual([...s.own, ...s.other.questions])
      await saves(s, s.contributor, s.other.questions.at(-1)!)
      await s.inA((db) => updateDepartment(db, s.coordinator, { ...key, version: 2, members: [] }, now))
      expect(await reads(s, s.contributor)).toEqual(s.own)
      await expect(saves(s, s.contributor, s.other.questions[1]!)).rejects.toMatchObject({ code: 'QUESTION_NOT_FOUND' })
    }))

  it('of a question goes before that of its area, and a person who is named answers alone', () =>
    rolledBack(async (prepared) => {
      const s = await scene(prepared)
      const { instruments } = prepared.services
      const assessmentId = s.planted.assessmentA
      const colleague = await addPerson(prepared, 'contributor', s.cityA, 'Colleague')
      const item = { ...nobody, dimensionId: null, questionId: s.own[0]!, personId: colleague.id }
      await s.inA((db) => assignQuestions(db, s.coordinator, instruments, { assessmentId, items: [item] }, now))
      expect(await reads(s, colleague)).toEqual([s.own[0]])
      expect(await reads(s, s.contributor)).toEqual(s.own.slice(1))
    }))

  it('tells whoever is responsible once, however many questions it is about, and nothing when nothing changes', () =>
    rolledBack(async (prepared) => {
      const s = await scene(prepared)
      const { instruments } = prepared.services
      const items = s.other.questions
        .slice(0, 3)
        .map((questionId) => ({ ...nobody, dimensionId: null, questionId, personId: s.contributor.id }))
      const request = { assessmentId: s.planted.assessmentA, items }
      expect(await s.inA((db) => assignQuestions(db, s.coordinator, instruments, request, now))).toBe(3)
      expect(await told(s, s.contributor.id)).toMatchObject([{ kind: 'question-assigned', subject: { count: 3 } }])
      const again = { ...request, items: items.map((item) => ({ ...item, version: 1 })) }
      expect(await s.inA((db) => assignQuestions(db, s.coordinator, instruments, again, now))).toBe(0)
      expect(await told(s, s.contributor.id)).toHaveLength(1)
    }))

  it('is not overwritten by somebody who has not seen it', () =>
    rolledBack(async (prepared) => {
      const s = await scene(prepared)
      const { instruments } = prepared.services
      const assessmentId = s.planted.assessmentA
      const item = { ...nobody, dimensionId: s.own.length > 0 ? s.planted.dimension : '', questionId: null, personId: s.coordinator.id }
      const assign = (version: number) =>
        s.inA((db) => assignQuestions(db, s.coordinator, instruments, { assessmentId, items: [{ ...item, version }] }, now))
      await expect(assign(0)).rejects.toMatchObject({ code: 'ASSIGNMENT_CHANGED' })
      await expect(assign(1)).resolves.toBe(1)
      const key = { assessmentId, assignmentId: s.planted.assignmentA, version: 1 }
      await expect(s.inA((db) => withdrawAssignment(db, s.coordinator, instruments, key, now))).rejects.toMatchObject({
        code: 'ASSIGNMENT_CHANGED',
      })
      await s.inA((db) => withdrawAssignment(db, s.coordinator, instruments, { ...key, version: 2 }, now))
      const { assignments: left } = await s.inA((db) => openAssignments(db, s.coordinator, instruments, assessmentId))
      expect(left).toEqual([])
    }))

  it('is refused for people of another city, for approvers, for strange areas and for days that are over', () =>
    rolledBack(async (prepared) => {
      const s = await scene(prepared)
      const { instruments } = prepared.services
      const assessmentId = s.planted.assessmentA
      const assign = (change: object) =>
        s.inA((db) =>
          assignQuestions(
            db,
            s.coordinator,
            instruments,
            { assessmentId, items: [{ ...nobody, dimensionId: s.other.id, questionId: null, personId: s.contributor.id, ...change }] },
            now,
          ),
        )
      await expect(assign({ personId: s.planted.people.coordinatorB.person.id })).rejects.toMatchObject({ code: 'INPUT_INVALID' })
      await expect(assign({ personId: s.planted.people.approver.person.id })).rejects.toMatchObject({ code: 'INPUT_INVALID' })
      await expect(assign({ personId: null })).rejects.toMatchObject({ code: 'INPUT_INVALID' })
      await expect(assign({ dimensionId: 'no-such-area' })).rejects.toMatchObject({ code: 'QUESTION_NOT_FOUND' })
      await expect(assign({ dueOn: addDays(dayIn('Europe/Berlin', now), -1) })).rejects.toMatchObject({ code: 'INPUT_INVALID' })
      await expect(s.inA((db) => assignQuestions(db, s.contributor, instruments, { assessmentId, items: [] }, now))).rejects.toMatchObject({
        code: 'NOT_ALLOWED',
      })
      const after = new Date(now.getTime() + 30 * 24 * 3600 * 1000)
      await expect(
        s.inA((db) => assignQuestions(db, s.coordinator, instruments, { assessmentId, items: [] }, after)),
      ).rejects.toMatchObject({ code: 'WAVE_CLOSED' })
    }))
})

describe('handing on', () => {
  it('moves some questions of an area to a colleague, and the coordination hears of it', () =>
    rolledBack(async (prepared) => {
      const s = await scene(prepared)
      const { instruments } = prepared.services
      const colleague = await addPerson(prepared, 'contributor', s.cityA, 'Colleague')
      const input = {
        assessmentId: s.planted.assessmentA,
        assignmentId: s.planted.assignmentA,
        version: 1,
        to: { kind: 'person', id: colleague.id } as const,
        note: 'You know this better.',
        questionIds: [s.own[1]!],
      }
      await s.inA((db) => handOnAssignment(db, s.contributor, instruments, input, now))
      expect(await reads(s, colleague)).toEqual([s.own[1]])
      expect(await reads(s, s.contributor)).toEqual(s.own.filter((id) => id !== s.own[1]))
      expect(await told(s, colleague.id)).toMatchObject([{ kind: 'question-assigned', subject: { question: s.own[1], note: input.note } }])
      expect(await told(s, s.coordinator.id)).toMatchObject([{ kind: 'assignment-handed-on', subject: { to: 'Colleague' } }])
      await s.inA((db) => handOnAssignment(db, s.contributor, instruments, { ...input, questionIds: [] }, now))
      expect(await reads(s, s.contributor)).toEqual([])
      await expect(s.inA((db) => handOnAssignment(db, s.contributor, instruments, { ...input, version: 2 }, now))).rejects.toMatchObject({
        code: 'ASSIGNMENT_NOT_FOUND',
      })
    }))

  it('is not possible with what belongs to others, nor to somebody of another city', () =>
    rolledBack(async (prepared) => {
      const s = await scene(prepared)
      const { instruments } = prepared.services
      const colleague = await addPerson(prepared, 'contributor', s.cityA, 'Colleague')
      const to = (id: string) => ({ kind: 'person', id }) as const
      const input = { assessmentId: s.planted.assessmentA, assignmentId: s.planted.assignmentA, version: 1, note: null, questionIds: [] }
      await expect(
        s.inA((db) => handOnAssignment(db, colleague, instruments, { ...input, to: to(colleague.id) }, now)),
      ).rejects.toMatchObject({ code: 'ASSIGNMENT_NOT_FOUND' })
      const stranger = s.planted.people.coordinatorB.person.id
      await expect(
        s.inA((db) => handOnAssignment(db, s.contributor, instruments, { ...input, to: to(stranger) }, now)),
      ).rejects.toMatchObject({ code: 'INPUT_INVALID' })
      await expect(
        s.inA((db) =>
          handOnAssignment(db, s.contributor, instruments, { ...input, to: to(colleague.id), questionIds: [s.other.questions[0]!] }, now),
        ),
      ).rejects.toMatchObject({ code: 'INPUT_INVALID' })
    }))
})

describe('a department', () => {
  it('does not end while it still has to answer something, unless somebody takes over', () =>
    rolledBack(async (prepared) => {
      const s = await scene(prepared)
      const { instruments } = prepared.services
      const assessmentId = s.planted.assessmentA
      const [old, next] = await s.inA((db) => addDepartments(db, s.coordinator, { city: 'city-a', names: ['Old', 'New'] }, now))
      await s.inA((db) =>
        updateDepartment(
          db,
          s.coordinator,
          { city: 'city-a', department: next!, name: 'New', version: 1, members: [s.contributor.id] },
          now,
        ),
      )
      const item = { ...nobody, dimensionId: s.other.id, questionId: null, departmentId: old! }
      await s.inA((db) => assignQuestions(db, s.coordinator, instruments, { assessmentId, items: [item] }, now))
      const key = { city: 'city-a', department: old!, version: 1 }
      await expect(s.inA((db) => endDepartment(db, s.coordinator, { ...key, to: null }, now))).rejects.toMatchObject({
        code: 'DEPARTMENT_IN_USE',
        members: { assignments: [{ dimensionId: s.other.id }] },
      })
      await s.inA((db) => endDepartment(db, s.coordinator, { ...key, to: { kind: 'department', id: next! } }, now))
      expect(await reads(s, s.contributor)).toEqual([...s.own, ...s.other.questions])
      expect((await told(s, s.contributor.id)).map(({ kind }) => kind)).toEqual(['question-assigned'])
      const { departments: left } = await s.inA((db) => openDepartments(db, s.contributor, 'city-a'))
      expect(left.map(({ name }) => name)).not.toContain('Old')
    }))

  it('keeps its name to itself, refuses stale changes, and is not found from another city', () =>
    rolledBack(async (prepared) => {
      const s = await scene(prepared)
      const [id] = await s.inA((db) => addDepartments(db, s.coordinator, { city: 'city-a', names: ['Schools'] }, now))
      await expect(s.inA((db) => addDepartments(db, s.coordinator, { city: 'city-a', names: ['SCHOOLS'] }, now))).rejects.toMatchObject({
        code: 'DEPARTMENT_NAME_TAKEN',
      })
      const change = { city: 'city-a', department: id!, name: 'School office', members: [] }
      await s.inA((db) => updateDepartment(db, s.coordinator, { ...change, version: 1 }, now))
      await expect(s.inA((db) => updateDepartment(db, s.coordinator, { ...change, version: 1 }, now))).rejects.toMatchObject({
        code: 'DEPARTMENT_CHANGED',
      })
      const strange = { ...change, version: 2, members: [s.planted.people.coordinatorB.person.id] }
      await expect(s.inA((db) => updateDepartment(db, s.coordinator, strange, now))).rejects.toMatchObject({ code: 'INPUT_INVALID' })
      const b = s.planted.people.coordinatorB.person
      const inB = { scope: 'city', cityIds: [b.memberships[0]!.cityId!] } as const
      const asB = (city: string) =>
        inContext(prepared.services.db, inB, (db) => updateDepartment(db, b, { ...change, city, version: 2 }, now))
      await expect(asB('city-b')).rejects.toMatchObject({ code: 'DEPARTMENT_NOT_FOUND' })
      await expect(asB('city-a')).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
    }))

  it('no longer lists, and no longer lets in, somebody whose role has ended', () =>
    rolledBack(async (prepared) => {
      const s = await scene(prepared)
      const [id] = await s.inA((db) => addDepartments(db, s.coordinator, { city: 'city-a', names: ['Schools'] }, now))
      const members = [s.contributor.id]
      await s.inA((db) =>
        updateDepartment(db, s.coordinator, { city: 'city-a', department: id!, name: 'Schools', version: 1, members }, now),
      )
      const signedIn: SignedInPerson = await signIn(prepared, s.contributor)
      const address = `/assessments/${s.planted.assessmentA}/questions/${s.own[0]}`
      expect((await signedIn.ask(address)).status).toBe(200)
      await inContext(prepared.services.db, systemContext, (db) =>
        db.update(memberships).set({ endedAt: now }).where(eq(memberships.personId, s.contributor.id)),
      )
      expect((await signedIn.ask(address)).status).toBe(403)
      const { departments: listed } = await s.inA((db) => openDepartments(db, s.coordinator, 'city-a'))
      expect(listed.find(({ name }) => name === 'Schools')!.memberIds).toEqual([])
    }))

  it('leaves what contributors read to the city', () =>
    rolledBack(async (prepared) => {
      const s = await scene(prepared)
      const set = (contributorsSeeAll: boolean, version: number) =>
        s.inA((db) => updateCitySettings(db, s.coordinator, { city: 'city-a', contributorsSeeAll, version }, now))
      await set(true, 0)
      expect(await reads(s, s.contributor)).toHaveLength(questionsOf(prepared.services.instruments.current).length)
      await expect(saves(s, s.contributor, s.other.questions[0]!)).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
      await expect(set(false, 0)).rejects.toMatchObject({ code: 'CITY_SETTINGS_CHANGED' })
      await set(false, 1)
      expect(await reads(s, s.contributor)).toEqual(s.own)
    }))
})

describe('the overview', () => {
  it('shows a contributor their own rows only', () =>
    rolledBack(async (prepared) => {
      const s = await scene(prepared)
      const { instruments } = prepared.services
      const overview = (person: Person) => s.inA((db) => openOverview(db, person, instruments, s.planted.assessmentA, now))
      const own = await overview(s.contributor)
      expect(own.rows.map(({ names }) => names)).toEqual([[s.contributor.name]])
      const all = await overview(s.coordinator)
      expect(all.rows.at(-1)).toMatchObject({ names: [] })
      expect(all.rows.reduce((sum, { asked }) => sum + asked, 0)).toBe(all.questions.length)
    }))

  it('says what is overdue from the day after on', () =>
    rolledBack(async (prepared) => {
      const s = await scene(prepared)
      const { instruments } = prepared.services
      const dueOn = dayIn('Europe/Berlin', now)
      const item = { ...nobody, dimensionId: s.other.id, questionId: null, personId: s.contributor.id, dueOn }
      await s.inA((db) => assignQuestions(db, s.coordinator, instruments, { assessmentId: s.planted.assessmentA, items: [item] }, now))
      const overdueAt = async (moment: Date) =>
        (await s.inA((db) => openOverview(db, s.coordinator, instruments, s.planted.assessmentA, moment))).rows[0]!.overdue
      expect(await overdueAt(now)).toBe(0)
      expect(await overdueAt(new Date(now.getTime() + 24 * 3600 * 1000))).toBeGreaterThan(0)
    }))
})

describe('reminders', () => {
  it('come two days before, to whoever still has something open', () =>
    rolledBack(async (prepared) => {
      const s = await scene(prepared)
      const { instruments } = prepared.services
      const today = dayIn('Europe/Berlin', now)
      const dueOn = addDays(today, 2)
      const item = { ...nobody, dimensionId: s.other.id, questionId: null, personId: s.contributor.id, dueOn }
      await s.inA((db) => assignQuestions(db, s.coordinator, instruments, { assessmentId: s.planted.assessmentA, items: [item] }, now))
      const inSystem = <T>(work: (db: Db) => Promise<T>) => inContext(prepared.services.db, systemContext, work)
      const due = await inSystem((db) => listDueAssignments(db, instruments, dueOn))
      expect(due).toMatchObject([{ personId: s.contributor.id, dueOn }])
      expect(due[0]!.questionIds.every((id) => s.other.questions.includes(id))).toBe(true)
      expect(await inSystem((db) => listDueReminders(db, instruments, today))).toMatchObject([
        { personId: s.contributor.id, kind: 'assignment-due', subject: { area: s.other.id, dueOn } },
      ])
      expect(await inSystem((db) => listDueReminders(db, instruments, dueOn))).toEqual([])
    }))
})

describe('the next wave', () => {
  it('takes over who answered what, without dates', () =>
    rolledBack(async (prepared) => {
      const s = await scene(prepared)
      const { instruments } = prepared.services
      const assessmentId = await inContext(prepared.services.db, systemContext, async (db) => {
        const [wave] = await db
          .insert(waves)
          .values({
            slug: 'next',
            name: 'Next',
            opensAt: new Date(now.getTime() - 1000),
            closesAt: new Date(now.getTime() + 90 * 24 * 3600 * 1000),
            instrumentVersionId: instruments.currentId,
            frozenAt: now,
          })
          .returning({ id: waves.id })
        const [made] = await db.insert(assessments).values({ waveId: wave!.id, cityId: s.cityA }).returning({ id: assessments.id })
        return made!.id
      })
      await s.inA((db) => db.update(assignments).set({ dueOn: '2026-01-01' }).where(eq(assignments.id, s.planted.assignmentA)))
      expect(await s.inA((db) => takeOverAssignments(db, s.coordinator, instruments, { assessmentId }, now))).toBe(1)
      const { assignments: taken } = await s.inA((db) => openAssignments(db, s.coordinator, instruments, assessmentId))
      expect(taken).toMatchObject([{ dimensionId: s.planted.dimension, person: { id: s.contributor.id }, dueOn: null }])
      expect(await s.inA((db) => takeOverAssignments(db, s.coordinator, instruments, { assessmentId }, now))).toBe(0)
    }))
})

describe('the record', () => {
  it('holds every change, and the pages carry out what their forms say', () =>
    rolledBack(async (prepared) => {
      const s = await scene(prepared)
      const { ask } = await signIn(prepared, s.coordinator)
      const base = `/assessments/${s.planted.assessmentA}/assignments`
      expect((await ask('/cities/city-a/departments', { form: { names: 'Schools\nHousing', _key: 'key-of-form-1' } })).status).toBe(303)
      const [schools] = await s.inA((db) => db.select().from(departments).where(eq(departments.name, 'Schools')))
      const form = {
        [`who-${s.other.id}`]: `department:${schools!.id}`,
        [`seen-${s.other.id}`]: '0',
        dueOn: '',
        note: 'Please',
        _key: 'key-of-form-2',
      }
      const handedOut = await ask(`${base}/areas`, { form })
      expect([handedOut.status, handedOut.headers.get('location')]).toEqual([303, `${base}?done=assigned&count=1`])
      expect((await ask(`${base}/areas`, { form })).status).toBe(303) // the same form again has one effect
      const nothing = await ask(`${base}/areas`, { form: { note: 'typed <b>words</b>', _key: 'key-of-form-3' } })
      expect(nothing.status).toBe(422)
      expect(await nothing.text()).toContain('typed &lt;b>words&lt;/b>')
      const actions = await s.inA((db) => db.select({ action: auditEvents.action }).from(auditEvents).orderBy(auditEvents.seq))
      expect(actions.slice(-2).map(({ action }) => action)).toEqual(['department.added', 'assignment.made'])
      await s.inA((db) =>
        updateAssignment(
          db,
          s.coordinator,
          prepared.services.instruments,
          { ...nobody, assessmentId: s.planted.assessmentA, assignmentId: s.planted.assignmentA, personId: s.coordinator.id, version: 1 },
          now,
        ),
      )
    }))
})
