import { can } from '../../../permissions.ts'
import type { AssessmentExtrasOf } from '../../assessments/extras.ts'
import { canDecide, nextStep } from '../signoff.ts'
import { readChain } from '../usecases.ts'
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
