import { createHmac, randomUUID } from 'node:crypto'
import { eq, inArray, sql } from 'drizzle-orm'
import { inContext, systemContext } from '../src/db/context.ts'
import { answerHistory, answers, assessments, cities, memberships, people, sessions, waves } from '../src/db/schema.ts'
import { questionsOf } from '../src/features/instrument/instrument.ts'
import type { Services } from '../src/services.ts'
import type { Editor, Saved } from './paced.ts'

const questionsEach = 6

/** People with accounts of their own, spread over the cities of the open wave, signed in. Two of one city have different questions. */
export async function addEditors(services: Services, count: number): Promise<Editor[]> {
  const { db } = services
  return inContext(db, systemContext, async (tx) => {
    const [wave] = await tx
      .select({ id: waves.id })
      .from(waves)
      .where(sql`now() between ${waves.opensAt} and ${waves.closesAt}`)
    const known = await tx.select({ cityId: assessments.cityId }).from(assessments).where(eq(assessments.waveId, wave!.id))
    const taking = new Set(known.map(({ cityId }) => cityId))
    const all = await tx.select({ id: cities.id }).from(cities).orderBy(cities.slug)
    const newcomers = all.filter(({ id }) => !taking.has(id)).map(({ id }) => ({ waveId: wave!.id, cityId: id }))
    if (newcomers.length > 0) await tx.insert(assessments).values(newcomers)
    const open = await tx
      .select({ id: assessments.id, cityId: assessments.cityId })
      .from(assessments)
      .where(eq(assessments.waveId, wave!.id))
      .orderBy(assessments.cityId)
    const accounts = await tx
      .insert(people)
      .values(Array.from({ length: count }, (_, i) => ({ name: `Editor ${i}`, email: `editor${i}@example.org`, emailVerified: true })))
      .returning({ id: people.id })
    const work = accounts.map(({ id }, i) => ({ personId: id, ...open[i % open.length]!, turn: Math.floor(i / open.length) }))
    await tx.insert(memberships).values(work.map(({ personId, cityId }) => ({ personId, cityId, role: 'city-coordinator' })))
    const stored = await tx
      .select({ assessmentId: answers.assessmentId, questionId: answers.questionId, version: answers.version })
      .from(answers)
      .where(
        inArray(
          answers.assessmentId,
          work.map(({ id }) => id),
        ),
      )
    const versions = new Map(stored.map(({ assessmentId, questionId, version }) => [`${assessmentId} ${questionId}`, version]))
    const ids = questionsOf(services.instruments.current).map(({ id }) => id)
    const tokens = work.map(({ personId }) => ({ userId: personId, token: randomUUID() }))
    await tx.insert(sessions).values(tokens.map((each) => ({ ...each, expiresAt: new Date(Date.now() + 24 * 3600 * 1000) })))
    return work.map(({ id, turn }, i) => ({
      cookie: cookieOf(services, tokens[i]!.token),
      assessmentId: id,
      questions: ids
        .slice((turn * questionsEach) % ids.length)
        .slice(0, questionsEach)
        .map((questionId) => ({ id: questionId, version: versions.get(`${id} ${questionId}`) ?? 0 })),
    }))
  })
}

function cookieOf({ secrets }: Services, token: string): string {
  const signature = createHmac('sha256', secrets.signIn).update(token).digest('base64')
  return `tessera-session=${encodeURIComponent(`${token}.${signature}`)}`
}

/** Acknowledged texts that do not stand in the history exactly once. */
export async function countLost({ db }: Services, saved: readonly Saved[]): Promise<number> {
  const rows = await inContext(db, systemContext, (tx) =>
    tx
      .select({ text: answerHistory.explanation, count: sql<number>`count(*)::int` })
      .from(answerHistory)
      .where(sql`${answerHistory.explanation} like 'editor %'`)
      .groupBy(answerHistory.explanation),
  )
  const counts = new Map(rows.map(({ text, count }) => [text, count]))
  return saved.filter(({ text }) => counts.get(text) !== 1).length
}
