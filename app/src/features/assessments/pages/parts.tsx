import type { Services } from '../../../services.ts'
import { formatDate, formatDateTime, textsUnder, type Translator } from '../../../text/text.ts'
import { can } from '../../../permissions.ts'
import { personOf, type WebContext } from '../../../web.ts'
import { type Dimension, type Instrument, textOf } from '../../instrument/instrument.ts'
import type { StoredAnswer } from '../answer.ts'
import { type Assessment, canAnswer, closedSince } from '../assessment.ts'
import { mayRead, mayWrite, type Reach } from '../assignment.ts'
import type { Exclusion, Exclusions } from '../scope.ts'
import { type AnsweringProps, questionGroups, type QuestionExtras } from '../question-view.ts'

/** City and wave, above the title of every page of an assessment. */
export const contextLine = ({ city, wave }: Assessment): string => `${city.name} · ${wave.name}`

/** Why nothing can be changed, in words; null when it can. */
export function readOnlyReason(t: Translator, c: WebContext, assessment: Assessment, now: Date): string | null {
  const permission = can(personOf(c), 'answer.save', assessment.city.id)
  if (!permission.ok) return t('assessments.readOnly.role')
  const step = canAnswer(assessment, now)
  if (step.ok) return null
  if (step.reason === 'not-open-yet')
    return t('assessments.readOnly.notOpenYet', { date: formatDateTime(t.language, assessment.wave.opensAt) })
  return t('assessments.readOnly.closed', { date: formatDateTime(t.language, closedSince(assessment.wave, now)!) })
}

/** Who wrote an answer, in words; a guest is named as one. */
export function authorText(t: Translator, author: StoredAnswer['author']): string | null {
  if (author === null) return null
  return author.isGuest ? t('assessments.guest', { name: author.name }) : author.name
}

/** Until when answers can be given, in words. */
export function dueText(t: Translator, assessment: Assessment, now: Date): string {
  const closed = closedSince(assessment.wave, now)
  return closed === null
    ? t('assessments.due', { date: formatDate(t.language, assessment.wave.closesAt) })
    : t('assessments.closed', { date: formatDate(t.language, closed) })
}

export interface AnsweringInput {
  assessment: Assessment
  /** The whole instrument: conditions look beyond what is shown. */
  whole: Instrument
  answers: ReadonlyMap<string, StoredAnswer>
  reach: Reach
  exclusions: Exclusions
  dimension: Dimension
  only: string | null
  extras: Record<string, QuestionExtras>
}

/** Questions that the person reads but does not change, with the reason. */
function lockedQuestions(t: Translator, questionIds: readonly string[], reach: Reach): Record<string, string> {
  const reason = t('assessments.readOnly.notYours')
  return Object.fromEntries(questionIds.filter((id) => mayRead(reach, id) && !mayWrite(reach, id)).map((id) => [id, reason]))
}

/** Why a question is not asked, in words: the subject, and who is responsible for it. */
export const exclusionText = (t: Translator, instrument: Instrument, { scopeId, reason }: Exclusion): string =>
  t('assessments.scope.excluded', { scope: textOf(instrument, t.language).scopes?.[scopeId]?.name ?? scopeId, reason })

/** What the answering part of a page gets, alike on server and browser. */
export function answeringProps(
  c: WebContext,
  services: Services,
  { assessment, whole, answers, reach, exclusions, dimension, only, extras }: AnsweringInput,
): AnsweringProps {
  const t = c.get('t')
  const groups = questionGroups(
    whole,
    whole.dimensions.find(({ id }) => id === dimension.id)!,
    t.language,
  )
  const ids = groups.flatMap((group) => group.questions.map((view) => view.rules.id))
  const path = only === null ? `areas/${dimension.id}` : `questions/${only}`
  const readOnly = readOnlyReason(t, c, assessment, services.now())
  return {
    assessmentId: assessment.id,
    paths: {
      save: `/api/v1/assessments/${assessment.id}/answers`,
      form: `/assessments/${assessment.id}/answers`,
      history: `/assessments/${assessment.id}/questions`,
      scope: `/assessments/${assessment.id}/scope`,
    },
    personId: personOf(c).id,
    language: t.language,
    groups,
    only,
    shown: reach.reads && ids.filter((id) => mayRead(reach, id)),
    locked: readOnly === null ? lockedQuestions(t, ids, reach) : {},
    excluded: Object.fromEntries(
      ids.flatMap((id) => {
        const exclusion = exclusions.get(id)
        return exclusion === undefined ? [] : [[id, exclusionText(t, whole, exclusion)]]
      }),
    ),
    extras,
    answers: ids.flatMap((id) => answers.get(id) ?? []),
    readOnly,
    dimension: { id: dimension.id, name: textOf(whole, t.language).dimensions[dimension.id]!.name },
    sessionEndsAt: c.get('sessionEndsAt')?.toISOString() ?? null,
    returnTo: `/assessments/${assessment.id}/${path}`,
    texts: textsUnder(t.language, 'assessments.form.'),
  }
}
