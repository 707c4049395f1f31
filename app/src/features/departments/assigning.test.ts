import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { nobody, now, reads, saves, scene, told } from '../../../test/shared-work.ts'
import { addPerson, signIn } from '../../../test/signed-in.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { assessments, assignments, auditEvents, departments, waves } from '../../db/schema.ts'
import { assignQuestions, openAssignments, updateAssignment, withdrawAssignment } from './assigning.ts'
import { addDays, dayIn } from './due.ts'
import { handOnAssignment } from './hand-on.ts'
import { takeOverAssignments } from './take-over.ts'
import { addDepartments, updateDepartment } from './usecases.ts'

const { rolledBack } = testDatabase()

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

  it('shows its day and sentence beside the question, and the sentence of an area in the list of areas', () =>
    rolledBack(async (prepared) => {
      const s = await scene(prepared)
      const { instruments } = prepared.services
      const assessmentId = s.planted.assessmentA
      const whole = { ...nobody, personId: s.contributor.id }
      const items = [
        {
          ...whole,
          dimensionId: null,
          questionId: s.own[0]!,
          dueOn: addDays(dayIn('UTC', new Date()), 9),
          note: 'Ask the <b>library</b>.',
        },
        { ...whole, dimensionId: s.other.id, questionId: null, note: 'As in the spring.' },
      ]
      await s.inA((db) => assignQuestions(db, s.coordinator, instruments, { assessmentId, items }, now))
      const { ask } = await signIn(prepared, s.contributor)
      const read = async (page: string) => (await ask(`/assessments/${assessmentId}${page}`)).text()
      expect(await read(`/questions/${s.own[0]}`)).toMatch(/Please answer until [\s\S]*Ask the &lt;b>library&lt;\/b>\./)
      expect(await read('')).toContain('“As in the spring.”')
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
