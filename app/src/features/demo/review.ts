import { randomUUID } from 'node:crypto'
import type { Db } from '../../db/open.ts'
import type { Services } from '../../services.ts'
import { assignExpert, openReview } from '../evaluations/assigning.ts'
import { usualChoices } from '../evaluations/method.ts'
import { declareInterests, registerMethod } from '../evaluations/usecases.ts'
import { daysAfter } from '../evidence/evidence.ts'
import { submitAssessment } from '../results/usecases.ts'
import { saveJudgement } from '../reviews/judging.ts'
import type { JudgementFields } from '../reviews/review.ts'
import { sourceHash } from '../translations/translation.ts'
import { checkTranslation, saveTranslation } from '../translations/usecases.ts'
import { presentAssessment } from './library.ts'
import { type DemoAssessment, type DemoNetwork, demoSeed } from './network.ts'
import { expertsOf, personBy } from './review-people.ts'
import { reviewedCity, reviewedTexts } from './reviewed-city.ts'
import type { DemoPerson } from './rows.ts'

// The review of the demonstration comes about like every other: its people do what people do, so that everything is recorded.

const day = 24 * 3600 * 1000 // ms
const before = (now: Date, days: number): Date => new Date(now.getTime() - days * day)

const agreed = { decision: 'agreed', reasonCode: null, points: null, note: null, reportText: null, isForMeeting: false } as const

/** What the first expert has decided so far, by question, with the seconds spent on it. */
const decided: readonly [question: string, seconds: number, fields: JudgementFields][] = [
  ['com-01', 140, agreed],
  ['com-02', 95, agreed],
  [
    'com-03',
    310,
    {
      decision: 'changed',
      reasonCode: 'partly-met',
      points: 2,
      note: 'Synthetic: page 4 sets deadlines for eleven of 24 measures.',
      reportText: 'Synthetic: the action plan names a department for every measure, but deadlines for eleven of 24 only.',
      isForMeeting: false,
    },
  ],
  [
    'com-05',
    220,
    {
      decision: 'agreed-with-note',
      reasonCode: 'evidence-other',
      points: null,
      note: 'Synthetic: ask who sits in the steering group.',
      reportText: 'Synthetic: the minutes are confidential; the members of the steering group were named to us.',
      isForMeeting: true,
    },
  ],
  ['com-06', 120, agreed],
]

interface Scene {
  network: DemoNetwork
  people: readonly DemoPerson[]
  instruments: Services['instruments']
}

/** The city's coordinator translates two texts and hands in, nine days ago. */
async function handIn(db: Db, { people, instruments }: Scene, assessment: DemoAssessment, now: Date): Promise<void> {
  const assessmentId = assessment.id
  const { id: cityId } = assessment.city
  const coordinator = personBy(people, (person) => person.cityId === cityId && person.role === 'city-coordinator')
  for (const { question: questionId, text, isChecked } of reviewedTexts.translations) {
    const { questionId: known, explanation, reason } = assessment.versions.findLast((version) => version.questionId === questionId)!
    const target = { assessmentId, questionId: known, language: 'de' }
    const save = { ...target, explanation: text, reason: null, version: 0, sourceHash: sourceHash({ explanation, reason }) }
    const { translation } = await saveTranslation(db, coordinator, instruments, save, before(now, 1))
    if (isChecked) await checkTranslation(db, coordinator, instruments, { ...target, version: translation!.version }, before(now, 1))
  }
  await submitAssessment(db, coordinator, instruments, { assessmentId, key: randomUUID() }, now)
}

/** The first expert has begun; the second has not. */
async function judge(db: Db, { people, instruments }: Scene, reviewId: string, cityId: string, now: Date): Promise<void> {
  const { id } = expertsOf(people)[0]!
  const expert = personBy(people, (person) => person.id === id, [cityId])
  for (const [questionId, seconds, fields] of decided) {
    const request = { ...fields, reviewId, questionId, seconds, version: 0, answerVersion: 1, graceReason: null }
    await saveJudgement(db, expert, instruments, request, now)
  }
}

/** Registers the method of the present wave, hands one city in, and opens its review with both experts. */
export async function openDemoReview(db: Db, scene: Scene, now: Date): Promise<void> {
  const { network, people, instruments } = scene
  const assessment = presentAssessment(network, reviewedCity)
  const { slug: wave, opensAt } = assessment.wave
  const { id: cityId, slug: city } = assessment.city
  const isNetwork = ({ role }: DemoPerson) => role === 'network-coordinator'
  const method = { ...usualChoices, seed: demoSeed, wave, reason: null, version: 0 }
  await registerMethod(db, personBy(people, isNetwork), instruments, method, new Date(opensAt.getTime() + day))
  await handIn(db, scene, assessment, assessment.submittedAt!)
  const lead = personBy(people, ({ role }) => role === 'evaluation-coordinator')
  for (const { id } of [...expertsOf(people), lead])
    await declareInterests(
      db,
      personBy(people, (person) => person.id === id),
      { wave, ties: [] },
      before(now, 8),
    )
  const dueOn = daysAfter(now, 30)
  const { id: reviewId } = await openReview(db, lead, instruments, { wave, city, dueOn }, before(now, 7))
  for (const [i, part] of (['first', 'second'] as const).entries())
    await assignExpert(db, lead, instruments, { reviewId, personId: expertsOf(people)[i]!.id, part, dueOn }, before(now, 7))
  await judge(db, scene, reviewId, cityId, before(now, 2))
}
