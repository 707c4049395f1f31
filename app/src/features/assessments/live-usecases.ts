import type { Db } from '../../db/open.ts'
import type { LiveEvent } from '../../live.ts'
import { AppError } from '../../errors.ts'
import { can, type Person } from '../../permissions.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { type StoredAnswer, neverSaved } from './answer.ts'
import { mayRead, mayWrite } from './assignment.ts'
import { tellLive } from './live-queries.ts'
import { findAnswer } from './queries.ts'
import { isLimited } from './reach.ts'
import { getQuestion } from './usecases.ts'

/** Says that the person is answering a question now. It is told and not stored. */
export async function sayAnswering(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { assessmentId, questionId }: { assessmentId: string; questionId: string },
): Promise<void> {
  const { assessment, reach } = await getQuestion(db, person, instruments, assessmentId, questionId)
  if (!mayWrite(reach, questionId)) throw new AppError('NOT_ALLOWED', { reason: 'ownQuestions' })
  const by = { id: person.id, name: person.name }
  await tellLive(db, { kind: 'answering', cityId: assessment.city.id, assessmentId, questionId, version: 0, by })
}

/** One answer as it stands now. @throws {AppError} QUESTION_NOT_FOUND also for a question that the person does not read */
export async function getAnswer(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { assessmentId, questionId }: { assessmentId: string; questionId: string },
): Promise<StoredAnswer> {
  await getQuestion(db, person, instruments, assessmentId, questionId)
  return (await findAnswer(db, assessmentId, questionId)) ?? neverSaved(questionId)
}

/** Whether somebody hears of an event: never of another city, nor of a question that they do not read. */
export async function hears(db: Db, person: Person, instruments: InstrumentStore, event: LiveEvent): Promise<boolean> {
  if (!can(person, 'assessment.read', event.cityId).ok) return false
  if (!isLimited(person, event.cityId)) return true
  return getQuestion(db, person, instruments, event.assessmentId, event.questionId).then(
    ({ reach }) => mayRead(reach, event.questionId),
    () => false,
  )
}
