import { newFormKey } from '../../../forms.ts'
import { can } from '../../../permissions.ts'
import type { InstrumentStore } from '../../instrument/store.ts'
import { canAnswer } from '../assessment.ts'
import { mayWrite } from '../assignment.ts'
import { type Carried, countCarried } from '../carried.ts'
import { type CarriedSheet, compareWithEarlier } from '../carried-usecases.ts'
import type { AssessmentExtrasOf, ExtrasRequest, QuestionExtrasOf } from '../extras.ts'
import type { ExtraOffer } from '../question-view.ts'
import { choiceText, earlierTitle, evidenceText, misfitText } from './carried-words.ts'

/** Name of the field in which a form says which answer was seen, in which version. */
export const seenValue = (questionId: string, fromVersion: number): string => `${questionId}:${fromVersion}`

function offerOf(
  { t, assessment, instrument }: ExtrasRequest,
  { from, earlierInstrument }: CarriedSheet,
  { question, earlier, evidence, misfit }: Carried,
  returnTo: string,
): ExtraOffer {
  const then = earlier!
  const number =
    instrument.dimensions.flatMap((d) => d.indicators.flatMap((i) => i.questions)).findIndex(({ id }) => id === question.id) + 1
  const cited = evidenceText(t, evidence)
  return {
    title: t('carried.offer.title', { earlier: earlierTitle(t, from.wave.name, then) }),
    lines: [
      { text: choiceText(t, earlierInstrument, question.id, then) },
      ...[then.reason, then.explanation].flatMap((text) => (text === null ? [] : [{ text, language: then.language }])),
      ...(cited === null ? [] : [{ text: cited }]),
      ...(misfit === null ? [] : [{ text: misfitText(t, earlierInstrument, question.id, misfit) }]),
    ],
    actions:
      misfit === null
        ? [
            {
              label: t('carried.confirm'),
              hiddenSuffix: t('carried.confirmSuffix', { number }),
              action: `/assessments/${assessment.id}/still-true`,
              fields: { _key: newFormKey(), seen: seenValue(question.id, then.version), returnTo },
            },
          ]
        : [],
    links: [{ href: `#question-${question.id}`, text: t('carried.change') }],
  }
}

/** Earlier answers at the questions of this wave that have none yet, for whoever may answer them now. */
export const carriedQuestionExtras =
  (instruments: InstrumentStore): QuestionExtrasOf =>
  async (db, request) => {
    const { person, assessment, instrument, reach, now, questionIds } = request
    if (!can(person, 'answer.save', assessment.city.id).ok || !canAnswer(assessment, now).ok) return new Map()
    const sheet = await compareWithEarlier(db, instruments, request, now)
    if (sheet === null) return new Map()
    const only = questionIds.length === 1 ? questionIds[0] : undefined
    const dimension = instrument.dimensions.find((d) => d.indicators.some((i) => i.questions.some(({ id }) => questionIds.includes(id))))
    const returnTo = `/assessments/${assessment.id}/${only === undefined ? `areas/${dimension?.id}` : `questions/${only}`}`
    return new Map(
      questionIds.flatMap((id) => {
        const carried = sheet.questions.get(id)
        if (carried?.state !== 'not-looked-at' || !mayWrite(reach, id)) return []
        return [[id, { offers: [offerOf(request, sheet, carried, returnTo)] }]]
      }),
    )
  }

/** The link to all earlier answers, with how far the city has come. */
export const carriedAssessmentExtras =
  (instruments: InstrumentStore): AssessmentExtrasOf =>
  async (db, request) => {
    const { t, assessment, now } = request
    const sheet = await compareWithEarlier(db, instruments, request, now)
    if (sheet === null) return {}
    const hint = t('carried.link.hint', { ...countCarried(sheet.questions.values()) })
    return { links: [{ href: `/assessments/${assessment.id}/still-true`, text: t('carried.link', { wave: sheet.from.wave.name }), hint }] }
  }
