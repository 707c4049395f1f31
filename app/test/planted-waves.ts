import { answerHistory, answers, assessments, scopeStatements, snapshots, translations, waves } from '../src/db/schema.ts'
import { findAnswer } from '../src/features/assessments/queries.ts'
import { sourceHash } from '../src/features/translations/translation.ts'
import type { Prepared } from './database.ts'
import { answerMarker } from './markers.ts'

// What the planted city A has done before and beside its answers: an earlier wave, a snapshot, a translation, what it is
// responsible for. Each with a marker.

const day = 24 * 3600 * 1000 // ms

/** An answer of an earlier wave to a question that has none in the present one. */
async function plantEarlier({ services }: Prepared, cityId: string): Promise<{ earlierA: string }> {
  const now = Date.now()
  const [wave] = await services.db
    .insert(waves)
    .values({
      slug: 'earlier-wave',
      name: 'Earlier wave',
      opensAt: new Date(now - 700 * day),
      closesAt: new Date(now - 600 * day),
      instrumentVersionId: services.instruments.currentId,
      frozenAt: new Date(now - 700 * day),
    })
    .returning({ id: waves.id })
  const [assessment] = await services.db.insert(assessments).values({ waveId: wave!.id, cityId }).returning({ id: assessments.id })
  const answer = {
    assessmentId: assessment!.id,
    questionId: 'com-05',
    cityId,
    version: 1,
    options: ['needs'],
    explanation: `${answerMarker} earlier`,
    language: 'en',
  }
  const then = new Date(now - 650 * day)
  await services.db.insert(answers).values({ ...answer, updatedAt: then })
  await services.db.insert(answerHistory).values({ ...answer, savedAt: then })
  return { earlierA: answer.questionId }
}

/** A draft into German of the answer as it reads now. @returns the hash of that original */
async function plantTranslation(
  { services }: Prepared,
  cityId: string,
  assessmentId: string,
  questionId: string,
): Promise<{ translatedA: string }> {
  const original = (await findAnswer(services.db, assessmentId, questionId))!
  const translatedA = sourceHash(original)
  const draft = { explanation: `${answerMarker} auf Deutsch`, reason: original.reason && `${answerMarker} Grund`, sourceHash: translatedA }
  await services.db
    .insert(translations)
    .values({ assessmentId, questionId, language: 'de', cityId, ...draft, translatedAt: services.now() })
  return { translatedA }
}

async function plantSnapshot({ services }: Prepared, cityId: string, assessmentId: string): Promise<{ snapshotA: string }> {
  const [made] = await services.db
    .insert(snapshots)
    .values({ assessmentId, cityId, name: `${answerMarker} council`, takenOf: new Date(Date.now() - day / 4) })
    .returning({ id: snapshots.id })
  return { snapshotA: made!.id }
}

/** All of it. One statement about scopes is there, so that the version to be seen is 1. */
export async function plantWaves(prepared: Prepared, cityId: string, assessmentId: string, questionId: string) {
  await prepared.services.db.insert(scopeStatements).values({
    assessmentId,
    scopeId: 'housing',
    version: 1,
    cityId,
    isResponsible: false,
    reason: `${answerMarker} county`,
    statedAt: new Date(),
  })
  return {
    ...(await plantEarlier(prepared, cityId)),
    ...(await plantTranslation(prepared, cityId, assessmentId, questionId)),
    ...(await plantSnapshot(prepared, cityId, assessmentId)),
  }
}
