import { describe, expect, it } from 'vitest'
import { addAccount, addCity, signedInBrowser } from '../../../test/accounts.ts'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { answers, assessments, assignments, waves } from '../../db/schema.ts'
import { inContext, systemContext } from '../../db/context.ts'
import type { Assessment } from './assessment.ts'
import { homeState } from './home.ts'

const now = new Date('2026-03-01T12:00:00Z')
const at = (day: string) => new Date(`2026-${day}T12:00:00Z`)
const assessment = (opens: string, closes: string, submittedAt: Date | null = null): Assessment => ({
  id: 'a',
  submittedAt,
  city: { id: 'c', slug: 'c', name: 'C', isSynthetic: false },
  wave: { id: 'w', slug: 'w', name: 'W', opensAt: at(opens), closesAt: at(closes), closedAt: null, instrumentVersionId: 'i' },
})

describe('where an assessment stands', () => {
  it('follows from its wave, its answers and its handing in', () => {
    expect(homeState(assessment('04-01', '05-01'), { answered: 0, asked: 86 }, now)).toBe('not-open')
    expect(homeState(assessment('02-01', '05-01'), { answered: 0, asked: 86 }, now)).toBe('not-started')
    expect(homeState(assessment('02-01', '05-01'), { answered: 1, asked: 86 }, now)).toBe('in-progress')
    expect(homeState(assessment('02-01', '05-01'), { answered: 86, asked: 86 }, now)).toBe('completed')
    expect(homeState(assessment('02-01', '05-01', at('02-15')), { answered: 86, asked: 86 }, now)).toBe('submitted')
    expect(homeState(assessment('01-01', '02-01'), { answered: 86, asked: 86 }, now)).toBe('closed')
    expect(homeState(assessment('01-01', '02-01', at('01-15')), { answered: 86, asked: 86 }, now)).toBe('submitted')
  })
})

const { rolledBack } = testDatabase()

async function addAssessment({ services }: Prepared, cityId: string, answered: number): Promise<string> {
  const { instruments } = services
  const question = instruments.current.dimensions[0]!.indicators[0]!.questions.slice(0, answered)
  return inContext(services.db, systemContext, async (db) => {
    const times = {
      opensAt: at('01-01'),
      closesAt: new Date('2030-01-01T12:00:00Z'),
      frozenAt: at('01-01'),
      instrumentVersionId: instruments.currentId,
    }
    const [wave] = await db
      .insert(waves)
      .values({ slug: `wave-${cityId}`, name: 'Wave 2026', ...times })
      .returning({ id: waves.id })
    const [made] = await db.insert(assessments).values({ waveId: wave!.id, cityId }).returning({ id: assessments.id })
    for (const { id } of question)
      await db
        .insert(answers)
        .values({ assessmentId: made!.id, questionId: id, cityId, version: 1, missing: 'not-known', updatedAt: at('02-01') })
    return made!.id
  })
}

describe('the start page', () => {
  it('lists the assessments of the own city only', () =>
    rolledBack(async (prepared) => {
      const cityId = await addCity(prepared, 'riga')
      const own = await addAssessment(prepared, cityId, 1)
      const other = await addAssessment(prepared, await addCity(prepared, 'lublin'), 0)
      await addAccount(prepared, { email: 'ada@riga.example', role: 'approver', cityId })
      const html = await (await (await signedInBrowser(prepared, 'ada@riga.example')).ask('/home')).text()
      expect(html).toContain(`/assessments/${own}`)
      expect(html).toContain('In progress')
      expect(html).not.toContain(other)
      expect(html).not.toContain('lublin')
      expect(html).not.toContain('/cities/riga/people')
    }))

  it('counts for a contributor only the questions that are theirs, and offers no result of the whole', () =>
    rolledBack(async (prepared) => {
      const cityId = await addCity(prepared, 'riga')
      const assessmentId = await addAssessment(prepared, cityId, 1)
      const personId = await addAccount(prepared, { email: 'ada@riga.example', role: 'contributor', cityId })
      const [first, second] = prepared.services.instruments.current.dimensions[0]!.indicators[0]!.questions
      await inContext(prepared.services.db, systemContext, (db) =>
        db.insert(assignments).values([first!.id, second!.id].map((questionId) => ({ assessmentId, cityId, questionId, personId }))),
      )
      const html = await (await (await signedInBrowser(prepared, 'ada@riga.example')).ask('/home')).text()
      expect(html).toContain('1 of 2')
      expect(html).toContain('Your questions only')
    }))

  it('gives the network coordinator the network in numbers, and no drafts', () =>
    rolledBack(async (prepared) => {
      const drafted = await addAssessment(prepared, await addCity(prepared, 'riga'), 1)
      await addAccount(prepared, { email: 'network@pact.example', role: 'network-coordinator' })
      const html = await (await (await signedInBrowser(prepared, 'network@pact.example')).ask('/home')).text()
      expect(html).toContain('/network/people')
      expect(html).toContain('0 with a coordinator')
      expect(html).not.toContain(drafted)
    }))

  it('tells experts and people without a role what will be here', () =>
    rolledBack(async (prepared) => {
      await addAccount(prepared, { email: 'expert@university.example', role: 'reviewer' })
      await addAccount(prepared, { email: 'new@riga.example' })
      expect(await (await (await signedInBrowser(prepared, 'expert@university.example')).ask('/home')).text()).toContain(
        'Your work begins when cities have handed in',
      )
      expect(await (await (await signedInBrowser(prepared, 'new@riga.example')).ask('/home')).text()).toContain('You have no role yet')
    }))
})
