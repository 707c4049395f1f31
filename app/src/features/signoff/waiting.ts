import type { Db } from '../../db/open.ts'
import { can, citiesOf, type Person } from '../../permissions.ts'
import { type Assessment, canAnswer } from '../assessments/assessment.ts'
import { listAssessments } from '../assessments/queries.ts'
import { openQuestionnaire } from '../assessments/usecases.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { canDecide, nextStep } from './signoff.ts'
import { findAskedAt, readChain } from './usecases.ts'

/** A step that was asked for this person's signature. */
export interface WaitingSignature {
  assessment: Assessment
  stepId: string
  step: string
  askedAt: Date
}

/** What waits for this person's signature, in open waves: four queries for each assessment of a city in which they sign. */
export async function listWaitingSignatures(db: Db, person: Person, instruments: InstrumentStore, now: Date): Promise<WaitingSignature[]> {
  const cityIds = citiesOf(person).filter((cityId) => can(person, 'answers.sign', cityId).ok)
  const open = cityIds.length === 0 ? [] : (await listAssessments(db, cityIds)).filter((each) => canAnswer(each, now).ok)
  const found: WaitingSignature[] = []
  for (const { id } of open) {
    const opened = await openQuestionnaire(db, person, instruments, id)
    const next = nextStep((await readChain(db, opened)).chain)
    if (next === null || !canDecide(next, person.id).ok) continue
    const askedAt = await findAskedAt(db, opened.assessment, next)
    if (askedAt !== null) found.push({ assessment: opened.assessment, stepId: next.step.id, step: next.step.name, askedAt })
  }
  return found
}
