import { randomUUID } from 'node:crypto'
import { hashOf } from '../../canonical.ts'
import type { Db } from '../../db/open.ts'
import type { Services } from '../../services.ts'
import { publishEvaluation, signEvaluation } from '../agreement/conclusion.ts'
import { openWaveReviews, type WaveReview } from '../agreement/pool.ts'
import { closeReview, shareDecisions } from '../dialogue/sharing.ts'
import { assignExpert, openReview } from '../evaluations/assigning.ts'
import { usualChoices } from '../evaluations/method.ts'
import { declareInterests, registerMethod } from '../evaluations/usecases.ts'
import { dayOf } from '../evidence/evidence.ts'
import { signPart } from '../reviews/judging.ts'
import { openCopies } from '../reviews/opening.ts'
import { listReviews } from '../reviews/queries.ts'
import { parts, type Part } from '../reviews/review.ts'
import { inventJudgements } from './invented-judgements.ts'
import { type DemoNetwork, demoSeed, type DemoWave } from './network.ts'
import { expertsOf, personBy } from './review-people.ts'
import { type BulkRow, insertMany } from './queries.ts'
import type { DemoPerson } from './rows.ts'

// The last wave that is closed: some of its cities were reviewed to the end, every question by two experts, so that agreement can be
// seen with its interval. The steps are recorded one by one; the many decisions come as rows, sealed by one hash in the record.

const reviewedCount = 8 // cities: enough for 30 questions in each area
const day = 24 * 3600 * 1000 // ms

interface Scene {
  network: DemoNetwork
  people: readonly DemoPerson[]
  instruments: Services['instruments']
}

/** The wave before the present one, and the first of its cities that are in no other story of the demonstration. */
function plan({ waves, assessments }: DemoNetwork): { wave: DemoWave; cities: string[] } {
  const wave = waves.at(-2)!
  const own = assessments.filter((each) => each.wave.id === wave.id && each.city.stage === null && each.submittedAt !== null)
  return { wave, cities: own.slice(0, reviewedCount).map(({ city }) => city.slug) }
}

/** Who takes which part: the experts take turns. */
const expertOf = (people: readonly DemoPerson[], part: Part, turn: number): DemoPerson =>
  expertsOf(people)[(part === 'first' ? turn : turn + 1) % 2]!

async function open(db: Db, { people, instruments }: Scene, wave: DemoWave, cities: readonly string[]): Promise<void> {
  const at = (days: number) => new Date(wave.closesAt.getTime() + days * day)
  const network = personBy(people, ({ role }) => role === 'network-coordinator')
  const lead = personBy(people, ({ role }) => role === 'evaluation-coordinator')
  const method = { ...usualChoices, share: 1, seed: demoSeed, wave: wave.slug, reason: null, version: 0 }
  await registerMethod(db, network, instruments, method, at(-7))
  for (const { id } of [...expertsOf(people), lead])
    await declareInterests(
      db,
      personBy(people, (person) => person.id === id),
      { wave: wave.slug, ties: [] },
      at(-5),
    )
  const dueOn = dayOf(at(60))
  for (const [turn, city] of cities.entries()) {
    const { id: reviewId } = await openReview(db, lead, instruments, { wave: wave.slug, city, dueOn }, at(10))
    for (const part of parts) {
      const { id: personId } = expertOf(people, part, turn)
      await assignExpert(db, lead, instruments, { reviewId, personId, part, dueOn }, at(10))
    }
  }
}

/** What both experts decided in every review of the wave. */
async function decide(db: Db, { people, instruments }: Scene, wave: DemoWave): Promise<BulkRow<'judgements'>[]> {
  const reviews = await listReviews(db, { waveId: wave.id })
  const copies = await openCopies(db, instruments, reviews)
  const decidedAt = new Date(wave.closesAt.getTime() + 40 * day)
  const rows = [...copies.values()].flatMap((copy) => {
    const expert = (part: Part) => people.find(({ id }) => id === copy.assignments.find((each) => each.part === part)!.person.id)!
    const decided = inventJudgements(copy, { first: expert('first').language, second: expert('second').language })
    return parts.flatMap((part) =>
      [...decided[part]].map(([questionId, fields]) => ({
        review_id: copy.review.id,
        city_id: copy.review.city.id,
        question_id: questionId,
        person_id: expert(part).id,
        version: 1,
        answer_version: 1,
        decision: fields.decision,
        reason_code: fields.reasonCode,
        points: fields.points,
        note: fields.note,
        report_text: fields.reportText,
        is_for_meeting: fields.isForMeeting,
        seconds: 90,
        decided_at: decidedAt,
      })),
    )
  })
  await insertMany(db, 'judgements', rows)
  return rows
}

/** Where the two differ, the lead follows the one who says more. */
function settle({ review, opened }: WaveReview, leadId: string, decidedAt: Date): BulkRow<'adjudications'>[] {
  return (opened?.disagreements ?? []).map(({ questionId, first, second }) => {
    const { decision, reasonCode, points, reportText } = [first, second].find(({ judgement }) => judgement.reasonCode !== null)!.judgement
    return {
      review_id: review.id,
      city_id: review.city.id,
      question_id: questionId,
      version: 1,
      decision,
      reason_code: reasonCode,
      points,
      reason: 'Erfunden: Die Stelle im Nachweis wurde gemeinsam gelesen. Synthetic: the passage was read together.',
      report_text: reportText,
      decided_at: decidedAt,
      decided_by: leadId,
    }
  })
}

/** Shared with the city, closed, signed and published: each step as its own person takes it. */
async function conclude(db: Db, { people, instruments }: Scene, wave: DemoWave, reviewId: string): Promise<void> {
  const at = (days: number) => new Date(wave.closesAt.getTime() + days * day)
  const network = personBy(people, ({ role }) => role === 'network-coordinator')
  const lead = personBy(people, ({ role }) => role === 'evaluation-coordinator')
  let version = (await listReviews(db, { id: reviewId }))[0]!.version
  await shareDecisions(db, lead, instruments, { reviewId, version: version++, replyDays: 21, key: randomUUID() }, at(70))
  await closeReview(db, lead, instruments, { reviewId, version: version++, reason: null, key: randomUUID() }, at(95))
  await signEvaluation(db, lead, instruments, { reviewId, version: version++, endsGrace: false }, at(105))
  await publishEvaluation(db, network, instruments, { reviewId, version }, at(110))
}

/** Reviews some cities of the last closed wave to the end. @returns hash of the decisions that came as rows */
export async function insertReviewedWave(db: Db, scene: Scene): Promise<string> {
  const { people, instruments } = scene
  const { wave, cities } = plan(scene.network)
  await open(db, scene, wave, cities)
  const judged = await decide(db, scene, wave)
  for (const { id: reviewId } of await listReviews(db, { waveId: wave.id }))
    for (const { id } of expertsOf(people))
      await signPart(
        db,
        personBy(people, (person) => person.id === id),
        instruments,
        reviewId,
        new Date(wave.closesAt.getTime() + 60 * day),
      )
  const lead = people.find(({ role }) => role === 'evaluation-coordinator')!
  const settledAt = new Date(wave.closesAt.getTime() + 65 * day)
  const reviews = await openWaveReviews(db, instruments, { waveId: wave.id })
  const settled = reviews.flatMap((review) => settle(review, lead.id, settledAt))
  await insertMany(db, 'adjudications', settled)
  for (const { review } of reviews) await conclude(db, scene, wave, review.id)
  return hashOf(JSON.parse(JSON.stringify({ judged, settled })))
}
