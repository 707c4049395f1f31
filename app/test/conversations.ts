import { inContext, systemContext } from '../src/db/context.ts'
import { assessments, assignments, waves } from '../src/db/schema.ts'
import { listPending } from '../src/features/notices/queries.ts'
import { addCity } from './accounts.ts'
import { type Prepared, testDatabase } from './database.ts'
import { addPerson, type SignedInPerson, signIn } from './signed-in.ts'

// A city whose people talk about a question, and what its tests do there.

export const start = new Date('2026-05-04T08:00:00Z')
export const day = 24 * 3600 * 1000 // ms
export const question = 'com-01'

type City = Awaited<ReturnType<typeof plantCity>>

/** Now, for the tests; begins anew with each of them. */
export let clock = new Date(start)
export const later = (minutes: number) => (clock = new Date(start.getTime() + minutes * 60_000))

export async function addWave({ services }: Prepared, cityId: string, name: string): Promise<string> {
  const frozen = { instrumentVersionId: services.instruments.currentId, frozenAt: start }
  const period = { opensAt: new Date(start.getTime() - 5 * day), closesAt: new Date(start.getTime() + 5 * day) }
  return inContext(services.db, systemContext, async (db) => {
    const [wave] = await db
      .insert(waves)
      .values({ slug: name, name, ...period, ...frozen })
      .returning({ id: waves.id })
    const [assessment] = await db.insert(assessments).values({ waveId: wave!.id, cityId }).returning({ id: assessments.id })
    return assessment!.id
  })
}

/** A city with everybody who may take part. */
async function plantCity(prepared: Prepared) {
  clock = start
  const cityId = await addCity(prepared, 'vadsta')
  const assessmentId = await addWave(prepared, cityId, 'Wave 2026')
  const add = async (role: Parameters<typeof addPerson>[1], name: string) => signIn(prepared, await addPerson(prepared, role, cityId, name))
  const people = {
    anna: await add('city-coordinator', 'Anna Berg'),
    ben: await add('contributor', 'Ben Lind'),
    cara: await add('approver', 'Cara Holm'),
    pia: await add('technical-partner', 'Pia Ek'),
  }
  const api = `/api/v1/assessments/${assessmentId}/questions/${question}/threads`
  const page = `/assessments/${assessmentId}/questions/${question}/thread`
  const assign = () =>
    inContext(prepared.services.db, systemContext, (db) =>
      db.insert(assignments).values({ assessmentId, cityId, questionId: question, personId: people.ben.person.id }),
    )
  const news = (who: SignedInPerson) => inContext(prepared.services.db, systemContext, (db) => listPending(db, who.person.id, 50))
  return { prepared, cityId, assessmentId, ...people, api, page, assign, news }
}

/** Runs a test in such a city, whose time is `clock`; for the top of a test file. */
export function conversationTests() {
  const { rolledBack } = testDatabase()
  return (work: (city: City) => Promise<void>) =>
    rolledBack(
      async (prepared) => work(await plantCity(prepared)),
      () => clock,
    )
}

let keys = 0
export const key = () => ({ 'idempotency-key': `key number ${keys++}` })

/** Begins a conversation, or goes on with one. */
export async function say({ api }: City, who: SignedInPerson, text: string, more: Record<string, unknown> = {}, threadId?: string) {
  const response = await who.ask(threadId ? `${api}/${threadId}/messages` : api, { json: { text, ...more }, headers: key() })
  return { status: response.status, body: (await response.json()) as { threadId: string; messageId: string; code?: string } }
}

interface ListedThread {
  id: string
  version: number
  isShared: boolean
  closedAt: string | null
  wave: string
  waitsForYou: boolean
  messages: { id: string; text: string | null; writer: { name: string; isGuest: boolean } }[]
}

export async function listed({ api }: City, who: SignedInPerson): Promise<ListedThread[]> {
  return ((await (await who.ask(api)).json()) as { threads: ListedThread[] }).threads
}

/** Closes, opens again or shares a conversation as it was seen. @returns the status of the answer */
export const step = async ({ api }: City, who: SignedInPerson, threadId: string, name: string, version: number, json: unknown = {}) =>
  (
    await who.ask(`${api}/${threadId}/${name}`, {
      method: name === 'sharing' ? 'PUT' : 'POST',
      json,
      headers: { 'if-match': `"${version}"` },
    })
  ).status
