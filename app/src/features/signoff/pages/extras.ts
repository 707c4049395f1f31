import { can } from '../../../permissions.ts'
import { formatDate } from '../../../text/text.ts'
import type { AssessmentExtrasOf, HomeLinksOf } from '../../assessments/extras.ts'
import type { InstrumentStore } from '../../instrument/store.ts'
import { canDecide, nextStep } from '../signoff.ts'
import { readChain } from '../usecases.ts'
import { listWaitingSignatures } from '../waiting.ts'
import { stateText } from './words.ts'

/** Link to the chain, with whose turn it is. */
export const signOffExtras: AssessmentExtrasOf = async (db, request) => {
  const { t, person, assessment, reach } = request
  if (reach.reads !== null) return {}
  const { chain } = await readChain(db, { ...request, whole: request.instrument })
  const next = nextStep(chain)
  const hint =
    chain.length === 0
      ? t('signoff.extras.none')
      : next === null
        ? t('signoff.extras.all')
        : t('signoff.extras.next', { step: next.step.name, state: stateText(t, next) })
  const isMine = next !== null && can(person, 'answers.sign', assessment.city.id).ok && canDecide(next, person.id).ok
  return {
    links: [
      {
        href: `/assessments/${assessment.id}/sign-off`,
        text: t('signoff.page.title'),
        hint,
        isAlert: isMine || next?.state === 'sent-back',
      },
    ],
  }
}

/** On the page after signing in: what waits for a signature. */
export const signOffHome =
  (instruments: InstrumentStore): HomeLinksOf =>
  async (db, { t, person, now }) => {
    const waiting = await listWaitingSignatures(db, person, instruments, now)
    if (waiting.length === 0) return null
    const links = waiting.map(({ assessment: { id, city, wave }, stepId, step, askedAt }) => ({
      href: `/assessments/${id}/sign-off/${stepId}`,
      text: t('signoff.home.link', { city: city.name, wave: wave.name }),
      hint: t('signoff.home.asked', { step, date: formatDate(t.language, askedAt) }),
    }))
    return { title: t('signoff.home.title', { count: waiting.length }), links }
  }
