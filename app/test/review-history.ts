import { randomUUID } from 'node:crypto'
import { createStream } from '@tessera/engine'
import { inContext } from '../src/db/context.ts'
import type { Db } from '../src/db/open.ts'
import { AppError } from '../src/errors.ts'
import { adjudicate, openDisagreements } from '../src/features/agreement/usecases.ts'
import { openScope, stateScope } from '../src/features/assessments/scope-usecases.ts'
import { publishEvaluation, signEvaluation } from '../src/features/agreement/conclusion.ts'
import { mergeCorrections, openCorrections } from '../src/features/corrections/usecases.ts'
import { finishQuery, openCityReview, openQuery, replyToQuery } from '../src/features/dialogue/answering.ts'
import { askQuery, closeQuery, openQueries, withdrawQuery } from '../src/features/dialogue/asking.ts'
import { openDecisions, replyToDecision } from '../src/features/dialogue/decisions.ts'
import { closeReview, openDialogue, shareDecisions } from '../src/features/dialogue/sharing.ts'
import { assignExpert, endAssignment, openArranging, openReview, setReviewDates } from '../src/features/evaluations/assigning.ts'
import { askException, overrideConflict } from '../src/features/evaluations/exceptions.ts'
import { declareInterests, registerMethod } from '../src/features/evaluations/usecases.ts'
import { usualChoices } from '../src/features/evaluations/method.ts'
import { answerVersionOf, isWaiting } from '../src/features/reviews/desk.ts'
import { openDesk } from '../src/features/reviews/desk-usecases.ts'
import { type JudgementRequest, saveJudgement, signPart } from '../src/features/reviews/judging.ts'
import type { Person } from '../src/permissions.ts'
import { contextOf } from '../src/web.ts'
import type { Prepared } from './database.ts'
import { assignedTo, handedInCity, type HandedIn } from './reviews.ts'
import { addPerson } from './signed-in.ts'

// A whole review through the use cases, from the registration of the method to publication, with chance in between.

const day = 24 * 3600 * 1000 // ms

export interface ReviewHistory {
  prepared: Prepared
  city: HandedIn
  reviewId: string
  first: Person
  second: Person
  lead: Person
  network: Person
}

type Random = ReturnType<typeof createStream>
const below = (random: Random, n: number): number => Math.floor(random.nextUniform() * n)
const pick = <T>(random: Random, list: readonly T[]): T => list[below(random, list.length)]!

const as = <T>({ prepared: { services } }: Pick<ReviewHistory, 'prepared'>, person: Person, work: (db: Db) => Promise<T>): Promise<T> =>
  inContext(services.db, contextOf(person), work)

/** What chance tries can be refused, as it would be for a person. */
async function tried(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error
  })
}

async function beginReview(prepared: Prepared, slug: string): Promise<ReviewHistory> {
  const { instruments, now } = prepared.services
  const city = await handedInCity(prepared, slug)
  const person = (role: Parameters<typeof addPerson>[1], name: string) => addPerson(prepared, role, null, `${name} ${slug}`)
  const lead = await person('evaluation-coordinator', 'Lead')
  const network = await person('network-coordinator', 'Network')
  const [first, second, leaving] = [
    await person('reviewer', 'First'),
    await person('reviewer', 'Second'),
    await person('reviewer', 'Third'),
  ]
  const { waveSlug: wave, citySlug } = city
  const at = { prepared, city, reviewId: '', first: assignedTo(first, city.cityId), second: assignedTo(second, city.cityId), lead, network }
  const openedAt = new Date(now().getTime() - day)
  await as(at, network, (db) =>
    registerMethod(db, network, instruments, { ...usualChoices, seed: 7, wave, version: 0, reason: null }, openedAt),
  )
  for (const expert of [first, second, leaving]) {
    const ties = expert === second ? [{ kind: 'tie' as const, city: citySlug, note: 'worked there until 2015' }] : []
    await as(at, expert, (db) => declareInterests(db, expert, { wave, ties }, openedAt))
  }
  const { id: reviewId } = await as(at, lead, (db) => openReview(db, lead, instruments, { wave, city: citySlug, dueOn: null }, openedAt))
  const assign = (expert: Person) => ({ reviewId, personId: expert.id, part: 'first' as const, dueOn: null })
  const { id: assignmentId } = await as(at, lead, (db) => assignExpert(db, lead, instruments, assign(leaving), openedAt))
  await as(at, lead, (db) => endAssignment(db, lead, { reviewId, assignmentId, reason: 'No time this month.' }, openedAt))
  await as(at, lead, (db) => assignExpert(db, lead, instruments, assign(first), openedAt))
  const withConflict = { ...assign(second), part: 'second' as const }
  await as(at, lead, (db) => askException(db, lead, instruments, { ...withConflict, reason: 'Nobody else reads the language.' }, openedAt))
  const exception = { reason: `The tie of ${second.name} ended years ago.`, note: 'One expert worked for the city until 2015.' }
  await as(at, network, (db) => overrideConflict(db, network, instruments, { ...withConflict, ...exception }, openedAt))
  return { ...at, reviewId }
}

function randomJudgement(random: Random, max: number): Omit<JudgementRequest, 'reviewId' | 'questionId' | 'version' | 'answerVersion'> {
  const text = `Seen in document ${below(random, 99)} – "ä\u2028\\".`
  const decision = pick(random, ['agreed', 'agreed', 'agreed-with-note', 'changed', 'not-supported'] as const)
  return {
    decision,
    reasonCode: decision === 'agreed' ? null : 'evidence-missing',
    points: decision === 'changed' ? Math.round(random.nextUniform() * max * 100) / 100 : null,
    note: below(random, 2) === 0 ? text : null,
    reportText: decision === 'agreed' ? null : text,
    isForMeeting: below(random, 5) === 0,
    seconds: below(random, 90),
    graceReason: null,
  }
}

async function judge(at: ReviewHistory, person: Person, random: Random, questionId?: string, graceReason: string | null = null) {
  const { instruments, now } = at.prepared.services
  await as(at, person, async (db) => {
    const { questions } = await openDesk(db, person, instruments, at.reviewId, now())
    const open = questions.filter(({ state }) => state !== 'hidden')
    const question = open.find(({ id }) => id === questionId) ?? pick(random, open)
    const request = {
      ...randomJudgement(random, question.status.question.max),
      reviewId: at.reviewId,
      questionId: question.id,
      version: question.judgement?.version ?? 0,
      answerVersion: answerVersionOf(question.answer),
      graceReason,
    }
    return saveJudgement(db, person, instruments, request, now())
  })
}

async function ask(at: ReviewHistory, person: Person, random: Random): Promise<void> {
  const { services } = at.prepared
  const dueOn = new Date(services.now().getTime() + 9 * day).toISOString().slice(0, 10)
  const questionId = pick(random, at.city.answered)
  await askQuery(
    services,
    person,
    { reviewId: at.reviewId, questionId, text: `Since when is that so? ${below(random, 99)}`, dueOn, language: 'en', key: randomUUID() },
    services.now(),
  )
}

/** The city answers an open query, with a better answer or without. */
async function answer(at: ReviewHistory, random: Random): Promise<void> {
  const { instruments, now } = at.prepared.services
  const { coordinator } = at.city
  await as(at, coordinator, async (db) => {
    const { queries } = await openCityReview(db, coordinator, instruments, at.reviewId)
    const open = queries.filter(({ closedAt }) => closedAt === null)
    if (open.length === 0) return
    const key = { reviewId: at.reviewId, queryId: pick(random, open).id }
    const found = await openQuery(db, coordinator, instruments, key)
    if (below(random, 4) === 0) return finishQuery(db, coordinator, instruments, key, now())
    const patch = below(random, 2) === 0 ? null : { explanation: `More exactly: ${below(random, 999)}.` }
    const said = { text: `Since May. ${below(random, 99)}`, language: 'en', isDone: below(random, 2) === 0, patch }
    await replyToQuery(db, coordinator, instruments, { ...key, ...said, answerVersion: found.answer.version, key: randomUUID() }, now())
  })
}

async function endQuery(at: ReviewHistory, person: Person, random: Random): Promise<void> {
  const { services } = at.prepared
  const { reviewId } = at
  const own = await as(at, person, async (db) => {
    const found = []
    for (const questionId of at.city.answered)
      found.push(...(await openQueries(db, person, services.instruments, { reviewId, questionId }).catch(() => ({ queries: [] }))).queries)
    return found.filter(({ closedAt, withdrawnAt }) => closedAt === null && withdrawnAt === null)
  })
  if (own.length === 0) return
  const key = { reviewId, queryId: pick(random, own).id }
  if (below(random, 3) === 0) await withdrawQuery(services, person, key, services.now())
  else await as(at, person, (db) => closeQuery(db, person, services.instruments, key, services.now()))
}

/** The city says of one thing in its working copy whether it is responsible. */
async function stateOne(at: ReviewHistory, isResponsible: boolean): Promise<void> {
  const { instruments, now } = at.prepared.services
  const { coordinator, assessmentId } = at.city
  await as(at, coordinator, async (db) => {
    const { instrument, version } = await openScope(db, coordinator, instruments, assessmentId)
    const statement = { scopeId: instrument.scopes![0]!.id, isResponsible, reason: isResponsible ? null : 'The district does it.' }
    await stateScope(db, coordinator, instruments, { assessmentId, version, answers: [statement] }, now())
  })
}

async function workAtRandom(at: ReviewHistory, random: Random, steps: number): Promise<void> {
  const expert = () => pick(random, [at.first, at.second])
  const kinds = [
    () => judge(at, expert(), random),
    () => judge(at, expert(), random, pick(random, at.city.answered)),
    () => ask(at, expert(), random),
    () => answer(at, random),
    () => answer(at, random),
    () => endQuery(at, expert(), random),
    () => stateOne(at, below(random, 2) === 0),
  ]
  for (let i = 0; i < steps; i++) await tried(pick(random, kinds)())
  await stateOne(at, true)
}

async function setDates(at: ReviewHistory): Promise<void> {
  const { instruments, now } = at.prepared.services
  const { lead, reviewId } = at
  await as(at, lead, async (db) => {
    const { review } = await openArranging(db, lead, instruments, reviewId)
    const dates = { reviewId, version: review.version, dueOn: '2027-03-01', parts: { first: '2027-02-01' } }
    return setReviewDates(db, lead, dates, now())
  })
}

/** Every question decided, every query closed, both parts signed. */
async function signBoth(at: ReviewHistory, random: Random): Promise<void> {
  const { instruments, now } = at.prepared.services
  for (const person of [at.first, at.second]) {
    for (let i = 0; i < 60; i++) await tried(endQuery(at, person, random))
    const { questions } = await as(at, person, (db) => openDesk(db, person, instruments, at.reviewId, now()))
    for (const { id } of questions.filter(isWaiting)) await judge(at, person, random, id)
    await as(at, person, (db) => signPart(db, person, instruments, at.reviewId, now()))
  }
}

async function settle(at: ReviewHistory): Promise<void> {
  const { instruments, now } = at.prepared.services
  const { lead, reviewId } = at
  await as(at, lead, async (db) => {
    const { disagreements } = await openDisagreements(db, lead, instruments, reviewId)
    for (const { questionId } of disagreements!.filter(({ adjudication }) => adjudication === null))
      for (const version of [0, 1]) {
        const decided = { decision: 'agreed' as const, reasonCode: null, points: null, reportText: null }
        const reason = `The minutes show it, read ${version + 1} times.`
        await adjudicate(db, lead, instruments, { reviewId, questionId, version, ...decided, reason }, now())
      }
  })
}

/** Shared, replied to, closed, mended, taken over. */
async function bringBack(at: ReviewHistory, random: Random): Promise<void> {
  const { instruments, now } = at.prepared.services
  const { lead, reviewId, city } = at
  const { coordinator } = city
  const version = () => as(at, lead, async (db) => (await openDialogue(db, lead, instruments, reviewId)).review.version)
  const share = { reviewId, version: await version(), replyDays: 14, key: randomUUID() }
  await as(at, lead, (db) => shareDecisions(db, lead, instruments, share, now()))
  await as(at, coordinator, async (db) => {
    const { decisions } = await openDecisions(db, coordinator, instruments, reviewId, now())
    for (const { questionId } of decisions.slice(0, 3)) {
      const reply = { reviewId, questionId, text: 'We see it otherwise.', language: 'en', key: randomUUID() }
      await replyToDecision(db, coordinator, instruments, reply, now())
    }
  })
  const close = { reviewId, version: await version(), reason: 'The city has replied.', key: randomUUID() }
  await as(at, lead, (db) => closeReview(db, lead, instruments, close, now()))
  await judge(at, at.first, random, city.answered.at(-1), 'A slip of the pen, mended.')
  await as(at, coordinator, async (db) => {
    const { corrections } = await openCorrections(db, coordinator, instruments, reviewId, now())
    for (const { questionId, proposed, working } of corrections) {
      const choice = { questionId, decision: proposed === null ? ('kept' as const) : ('taken' as const), version: working.version }
      const merge = { reviewId, choices: [choice], isOneByOne: true, language: 'en', key: randomUUID() }
      await mergeCorrections(db, coordinator, instruments, merge, now())
    }
  })
}

async function conclude(at: ReviewHistory): Promise<void> {
  const { instruments, now } = at.prepared.services
  const { lead, network, reviewId } = at
  await settle(at) // mending a slip can make two differ again
  const version = () => as(at, lead, async (db) => (await openDialogue(db, lead, instruments, reviewId)).review.version)
  const signed = { reviewId, version: await version(), endsGrace: true }
  await as(at, lead, (db) => signEvaluation(db, lead, instruments, signed, now()))
  const published = { reviewId, version: await version() }
  await as(at, network, (db) => publishEvaluation(db, network, instruments, published, now()))
}

/** @param seed of everything that chance decides @param steps of experts and city before the experts sign */
export async function reviewHistory(prepared: Prepared, slug: string, seed: number, steps: number): Promise<ReviewHistory> {
  const random = createStream(seed, 0, 0)
  const at = await beginReview(prepared, slug)
  await workAtRandom(at, random, steps)
  await setDates(at)
  await signBoth(at, random)
  await settle(at)
  await bringBack(at, random)
  await conclude(at)
  return at
}
