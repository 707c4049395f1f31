import { can } from '../../../permissions.ts'
import type { AssessmentExtrasOf, QuestionExtrasOf } from '../../assessments/extras.ts'
import { evidenceStates } from '../citation-usecases.ts'
import type { QuestionEvidence } from '../evidence.ts'
import { questionEvidencePath } from './parts.tsx'
import type { Translator } from '../../../text/text.ts'

function linkText(t: Translator, { state, expectation, valid, expiresSoon, expired }: QuestionEvidence, isAsked: boolean): string {
  const count = valid + expiresSoon + expired
  if (!isAsked && count === 0) return t('evidence.link.notNeeded')
  if (state === 'missing') return t(expectation === 'required' ? 'evidence.link.required' : 'evidence.link.expected')
  if (state === 'not-needed') return t('evidence.link.none')
  if (state === 'expired') return t('evidence.link.expired', { count })
  return state === 'expires-soon' ? t('evidence.link.expiresSoon', { count }) : t('evidence.link.cited', { count })
}

/** Below each question: how much proves its answer, and what is missing. */
export const evidenceLinks: QuestionExtrasOf = async (db, request) => {
  const { t, person, assessment, instrument, answers, exclusions, questionIds, now } = request
  if (!can(person, 'evidence.read', assessment.city.id).ok) return new Map()
  const states = await evidenceStates(db, assessment.id, instrument, answers, exclusions, now)
  return new Map(
    questionIds.flatMap((id) => {
      const state = states.get(id)
      if (state === undefined) return []
      return [
        [
          id,
          {
            links: [
              { href: questionEvidencePath(assessment.id, id), text: linkText(t, state, !exclusions.has(id)), isAlert: state.isAlert },
            ],
          },
        ] as const,
      ]
    }),
  )
}

/** On the list of areas: the library, the ZIP, and how many questions lack evidence. */
export const evidenceOverview: AssessmentExtrasOf = async (db, { t, person, assessment, instrument, answers, exclusions, now }) => {
  if (!can(person, 'evidence.read', assessment.city.id).ok) return {}
  const states = [...(await evidenceStates(db, assessment.id, instrument, answers, exclusions, now)).values()]
  const missing = states.filter(({ state, isAlert }) => isAlert && state === 'missing').length
  const expired = states.filter(({ state }) => state === 'expired').length
  const cited = states.filter(({ valid, expiresSoon }) => valid + expiresSoon > 0).length
  const zip = { href: `/assessments/${assessment.id}/evidence.zip`, text: t('evidence.overview.zip'), hint: t('evidence.overview.zipHint') }
  return {
    links: [
      {
        href: `/cities/${assessment.city.slug}/evidence`,
        text: t('evidence.overview.library'),
        hint: t('evidence.overview.state', { cited, missing, expired }),
        isAlert: missing + expired > 0,
      },
      ...(states.some(({ valid, expiresSoon, expired: old }) => valid + expiresSoon + old > 0) ? [zip] : []),
    ],
  }
}
