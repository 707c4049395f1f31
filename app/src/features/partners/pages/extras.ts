import { can } from '../../../permissions.ts'
import { mayWrite } from '../../assessments/assignment.ts'
import type { AssessmentExtrasOf, QuestionExtrasOf } from '../../assessments/extras.ts'
import type { ExtraOffer } from '../../assessments/question-view.ts'
import { isPending, type Suggestion } from '../partner.ts'
import { listSuggestions } from '../suggestion-queries.ts'
import { choiceWords } from './answer-words.ts'

type Request = Parameters<QuestionExtrasOf>[1]

function offerOf({ t, assessment, instrument, answers }: Request, suggestion: Suggestion): ExtraOffer {
  const { id, questionId, by, origin, reason, explanation, language, note } = suggestion
  const action = `/assessments/${assessment.id}/suggestions/${id}`
  const texts = [reason, explanation].filter((text) => text !== null).map((text) => ({ text, language }))
  return {
    title: t(`partners.offer.${origin}`, { name: by?.name ?? '–' }),
    lines: [{ text: choiceWords(t, instrument, questionId, suggestion) }, ...texts, ...(note === null ? [] : [{ text: note }])],
    actions: [
      {
        label: t('partners.suggestions.takeOver'),
        action: `${action}/accept`,
        fields: { version: String(answers.get(questionId)?.version ?? 0), returnTo: 'question' },
      },
      { label: t('partners.suggestions.decline'), action: `${action}/decline`, fields: { returnTo: 'question' } },
    ],
    links: [],
  }
}

/** Suggestions that wait, above the question, for whoever answers it; the way to suggest one, for a partner. */
export const partnerQuestionExtras: QuestionExtrasOf = async (db, request) => {
  const { t, person, assessment, reach, questionIds } = request
  const city = assessment.city.id
  const maySuggest = can(person, 'answer.suggest', city).ok
  const mayDecide = can(person, 'suggestion.decide', city).ok
  const pending = (await listSuggestions(db, assessment.id)).filter(isPending)
  return new Map(
    questionIds.map((questionId) => {
      const offers = mayDecide && mayWrite(reach, questionId) ? pending.filter((each) => each.questionId === questionId) : []
      const href = `/assessments/${assessment.id}/questions/${questionId}/suggest`
      return [
        questionId,
        { offers: offers.map((each) => offerOf(request, each)), links: maySuggest ? [{ href, text: t('partners.suggest.link') }] : [] },
      ]
    }),
  )
}

/** Links from the list of areas to suggestions and readiness sheet. */
export const partnerAssessmentExtras: AssessmentExtrasOf = async (db, { t, person, assessment, reach }) => {
  const base = `/assessments/${assessment.id}`
  const waiting = (await listSuggestions(db, assessment.id)).filter(isPending).length
  const precheck = { href: `${base}/precheck`, text: t('partners.precheck.link'), hint: t('partners.precheck.noReview') }
  const suggestions = {
    href: `${base}/suggestions`,
    text: t('partners.suggestions.link'),
    hint: t('partners.suggestions.title', { count: waiting }),
    isAlert: waiting > 0 && can(person, 'suggestion.decide', assessment.city.id).ok,
  }
  const rights = { href: `/cities/${assessment.city.slug}/partners`, text: t('partners.city.title') }
  return {
    links: [
      suggestions,
      ...(reach.reads === null ? [precheck] : []),
      ...(can(person, 'city.arrange', assessment.city.id).ok ? [rights] : []),
    ],
  }
}
