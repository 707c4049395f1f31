import type { Services } from '../../../services.ts'
import { formatDate, formatDateTime, textsUnder, type Translator } from '../../../text/text.ts'
import { can } from '../../../permissions.ts'
import { personOf, type WebContext } from '../../../web.ts'
import { type Dimension, type Instrument, textOf } from '../../instrument/instrument.ts'
import type { StoredAnswer } from '../answer.ts'
import { type Assessment, canAnswer, closedSince } from '../assessment.ts'
import { type AnsweringProps, questionGroups } from '../question-view.ts'

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

/** Until when answers can be given, in words. */
export function dueText(t: Translator, assessment: Assessment, now: Date): string {
  const closed = closedSince(assessment.wave, now)
  return closed === null
    ? t('assessments.due', { date: formatDate(t.language, assessment.wave.closesAt) })
    : t('assessments.closed', { date: formatDate(t.language, closed) })
}

export interface AnsweringInput {
  assessment: Assessment
  instrument: Instrument
  answers: ReadonlyMap<string, StoredAnswer>
  dimension: Dimension
  only: string | null
}

/** What the answering part of a page gets, alike on server and browser. */
export function answeringProps(
  c: WebContext,
  services: Services,
  { assessment, instrument, answers, dimension, only }: AnsweringInput,
): AnsweringProps {
  const t = c.get('t')
  const groups = questionGroups(instrument, dimension, t.language)
  const path = only === null ? `areas/${dimension.id}` : `questions/${only}`
  return {
    assessmentId: assessment.id,
    personId: personOf(c).id,
    language: t.language,
    groups,
    only,
    answers: groups.flatMap((group) => group.questions).flatMap((view) => answers.get(view.rules.id) ?? []),
    readOnly: readOnlyReason(t, c, assessment, services.now()),
    dimension: { id: dimension.id, name: textOf(instrument, t.language).dimensions[dimension.id]!.name },
    sessionEndsAt: c.get('sessionEndsAt')?.toISOString() ?? null,
    returnTo: `/assessments/${assessment.id}/${path}`,
    texts: textsUnder(t.language, 'assessments.form.'),
  }
}
