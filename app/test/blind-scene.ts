import { eq } from 'drizzle-orm'
import { strFromU8, unzipSync } from 'fflate'
import { inContext, systemContext } from '../src/db/context.ts'
import { evidence, people, reviewAssignments, reviewQueries, reviews } from '../src/db/schema.ts'
import { questionsOf } from '../src/features/instrument/instrument.ts'
import { findPerson } from '../src/features/accounts/queries.ts'
import { submitAssessment } from '../src/features/results/usecases.ts'
import type { Prepared } from './database.ts'
import { plantNetwork, type PlantedNetwork } from './planted-network.ts'
import { addReview, setAssignment } from './reviews.ts'
import { addressOf, nameOf, routesOf, undone } from './route-calls.ts'
import { routeTable } from './route-table.ts'
import { signIn, type SignedInPerson } from './signed-in.ts'

// Two experts on one review of city A, one of whom works while the other reads everything that the product answers.

/** In every word of the expert who works, and in what the city sends because of it. */
export const workMarker = 'CANARY-OF-THE-OTHER'
/** In the name of the expert who works. */
export const nameMarker = 'CANARY-NAME-OF-THE-OTHER'

export type Side = 'first' | 'second'

export interface BlindScene {
  prepared: Prepared
  planted: PlantedNetwork
  reviewId: string
  sample: string[]
  experts: Record<Side, SignedInPerson>
  coordinator: SignedInPerson
  assignments: Record<Side, string>
  /** Every page, file and answer of the API, filled with what belongs to city A. */
  addresses: string[]
}

/** A new copy is handed in, with its evidence, and reviewed by two experts; the review that was planted is given up. */
export async function blindScene(prepared: Prepared, worker: Side): Promise<BlindScene> {
  const planted = await plantNetwork(prepared)
  const { services } = prepared
  const experts = { first: planted.people.reviewer.person.id, second: planted.freeExpert }
  const sign = async (id: string) => signIn(prepared, (await inContext(services.db, systemContext, (db) => findPerson(db, id)))!)
  const approver = await sign(planted.people.approver.person.id)
  const step = `/api/v1/assessments/${planted.assessmentA}/sign-off/${planted.stepA}`
  await done(approver.ask(step, { json: { decision: 'signed', contentHash: planted.signedHash }, headers: headers() }))
  const added = await inContext(services.db, systemContext, async (db) => {
    await db.update(reviews).set({ withdrawnAt: new Date() }).where(eq(reviews.id, planted.reviewA.reviewId))
    const ended = { endedAt: new Date() }
    await db.update(reviewAssignments).set(ended).where(eq(reviewAssignments.id, planted.reviewA.assignmentId))
    await db.update(evidence).set({ releaseLevel: 'network' }).where(eq(evidence.id, planted.evidenceA))
    await db
      .update(people)
      .set({ name: `Somebody ${nameMarker}` })
      .where(eq(people.id, experts[worker]))
    const request = { assessmentId: planted.assessmentA, key: crypto.randomUUID() }
    await submitAssessment(db, planted.people.coordinator.person, services.instruments, request, services.now())
    const sample = questionsOf(services.instruments.current)
      .filter(({ type, visibleIf }) => type !== 'multiple' && visibleIf === null)
      .slice(0, 4)
      .map(({ id }) => id)
    return addReview(db, { assessmentId: planted.assessmentA, ...experts, sample: [...new Set([planted.question, ...sample])] })
  })
  const scene = {
    prepared,
    planted: { ...planted, reviewA: { ...planted.reviewA, reviewId: added.reviewId, assignmentId: added.firstAssignmentId! } },
    reviewId: added.reviewId,
    sample: added.sample,
    experts: { first: await sign(experts.first), second: await sign(experts.second) },
    coordinator: await sign(planted.people.coordinator.person.id),
    assignments: { first: added.firstAssignmentId!, second: added.secondAssignmentId! },
  }
  return { ...scene, addresses: addressesOf(scene) }
}

/** @throws when the answer is none that was meant */
async function done(answer: Promise<Response>): Promise<Record<string, string>> {
  const response = await answer
  const text = await response.text()
  if (!response.ok) throw new Error(`${response.status}: ${text}`)
  return text === '' ? {} : (JSON.parse(text) as Record<string, string>)
}

const headers = (version?: number) => ({
  'idempotency-key': crypto.randomUUID(),
  ...(version !== undefined && { 'if-match': `"${version}"` }),
})

/** Asks about two questions; the city answers one of them anew and the expert closes it, the other is taken back. */
async function ask({ reviewId, sample, experts, coordinator }: BlindScene, worker: Side): Promise<void> {
  const api = `/api/v1/reviews/${reviewId}`
  const put = (question: string) =>
    done(experts[worker].ask(`${api}/questions/${question}/queries`, { json: { text: `${workMarker} Which page?` }, headers: headers() }))
  const { id: answered } = await put(sample[0]!)
  const answer = { explanation: `${workMarker} new words of the city` }
  const json = { text: `${workMarker} Page 9.`, isDone: true, answer, answerVersion: 1 }
  await done(coordinator.ask(`${api}/queries/${answered}/replies`, { json, headers: headers() }))
  await done(experts[worker].ask(`${api}/queries/${answered}/close`, { method: 'POST' }))
  const { id: open } = await put(sample[1]!)
  await done(coordinator.ask(`${api}/queries/${open}/replies`, { json: { text: `${workMarker} Soon.` }, headers: headers() }))
  const { id: withdrawn } = await put(sample[2]!)
  await done(experts[worker].ask(`${api}/queries/${withdrawn}/withdraw`, { method: 'POST' }))
}

/** Decides every question of the sample, with everything that can be said. */
async function decide({ reviewId, sample, experts }: BlindScene, worker: Side): Promise<void> {
  const words = { note: `${workMarker} note`, reportText: `${workMarker} text for the report`, seconds: 120 }
  for (const [i, question] of sample.entries()) {
    const { answer } = (await done(experts[worker].ask(`/api/v1/reviews/${reviewId}/questions/${question}`))) as unknown as {
      answer: { version: number } | null
    }
    const json = {
      ...words,
      ...(i % 2 === 0 ? { decision: 'changed', points: 0.125 } : { decision: 'not-supported' }),
      reasonCode: 'partly-met',
      isForMeeting: true,
      answerVersion: answer?.version ?? 1,
    }
    await done(experts[worker].ask(`/api/v1/reviews/${reviewId}/judgements/${question}`, { method: 'PUT', json, headers: headers(0) }))
  }
}

/** What an expert does until they sign: reads, opens documents, asks, decides, signs. */
export async function work(scene: BlindScene, worker: Side): Promise<void> {
  const { prepared, planted, reviewId, experts } = scene
  const page = await experts[worker].ask(`/reviews/${reviewId}/questions/${planted.question}`)
  const file = await experts[worker].ask(`/reviews/${reviewId}/documents/${planted.evidenceA}/file`)
  if (page.status !== 200 || file.status !== 200) throw new Error(`the desk answers ${page.status} and ${file.status}`)
  await ask(scene, worker)
  await decide(scene, worker)
  await sign(scene, worker)
  await inContext(prepared.services.db, systemContext, async (db) => {
    const asked = await db.select().from(reviewQueries).where(eq(reviewQueries.reviewId, reviewId))
    if (asked.length !== 3) throw new Error('nothing was asked')
  })
}

/** Signs as a row: the first expert would have to decide every question of the questionnaire before. */
export const sign = ({ prepared, assignments }: BlindScene, side: Side) =>
  inContext(prepared.services.db, systemContext, (db) => setAssignment(db, assignments[side], { signedAt: prepared.services.now() }))

export interface Reading {
  name: string
  status: number
  /** Headers and body as they came; the files of an archive one after the other. */
  all: string
}

/** Addresses of every GET route; what hangs on a question is asked for each of the sample. */
function addressesOf({ prepared, planted, reviewId, sample }: Omit<BlindScene, 'addresses'>): string[] {
  const plain = routesOf(prepared)
    .filter(({ method }) => method === 'get')
    .flatMap((route) => {
      const expectation = routeTable[nameOf(route)]
      return expectation === undefined ? [] : [addressOf({ route, expectation, viewer: 'reviewer', planted })]
    })
  const here = plain.filter((address) => address.includes(reviewId))
  const perQuestion = here.flatMap((address) => sample.map((id) => address.replaceAll(planted.question, id)))
  const review = `/reviews/${reviewId}`
  const asked = [`${review}/agenda?notes=with`, `${review}/agenda.txt?notes=with`, '/cities?q=canary', '/compare/cities?pick=city-a,city-b']
  const document = `${review}/documents/${planted.evidenceA}/file`
  return [...new Set([...plain, ...perQuestion, ...asked, document, `${review}/questions/${sample[0]}?document=${planted.evidenceA}`])]
}

async function readOne(prepared: Prepared, { cookie }: SignedInPerson, address: string): Promise<Reading> {
  return undone(prepared, async () => {
    const response = await prepared.app.request(address, { headers: { cookie, 'accept-language': 'en' } })
    const bytes = new Uint8Array(await response.arrayBuffer())
    const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b
    const body = isZip
      ? Object.entries(unzipSync(bytes))
          .map(([name, content]) => `${name}\n${strFromU8(content, true)}`)
          .join('\n')
      : Buffer.from(bytes).toString('utf8')
    const head = [...response.headers].map((pair) => pair.join(': ')).join('\n')
    return { name: address, status: response.status, all: `${response.status}\n${head}\nbytes: ${bytes.length}\n\n${body}` }
  })
}

/** Everything that the product answers to one person; reading leaves nothing behind. */
export async function readAll(scene: BlindScene, reader: SignedInPerson): Promise<Reading[]> {
  const found: Reading[] = []
  for (const address of scene.addresses) found.push(await readOne(scene.prepared, reader, address))
  return found
}

/** Without what differs from answer to answer by chance: keys of forms, numbers of requests. */
export const steady = ({ all }: Reading): string =>
  all
    .replaceAll(/name="_key" value="[^"]+"/g, 'name="_key"')
    .replaceAll(/x-request-id: .+/g, 'x-request-id')
    .replaceAll(/("requestId":\s*|<code class="request-id">)"?[0-9a-f-]+"?/g, 'requestId')
