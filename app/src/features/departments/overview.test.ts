import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { nobody, now, reads, saves, scene, told } from '../../../test/shared-work.ts'
import { type SignedInPerson, signIn } from '../../../test/signed-in.ts'
import { inContext, systemContext } from '../../db/context.ts'
import type { Db } from '../../db/open.ts'
import { memberships } from '../../db/schema.ts'
import type { Person } from '../../permissions.ts'
import { questionsOf } from '../instrument/instrument.ts'
import { assignQuestions } from './assigning.ts'
import { addDays, dayIn } from './due.ts'
import { openOverview } from './reading.ts'
import { listDueAssignments, listDueReminders } from './reminding.ts'
import { addDepartments, endDepartment, openDepartments, updateCitySettings, updateDepartment } from './usecases.ts'

const { rolledBack } = testDatabase()

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
