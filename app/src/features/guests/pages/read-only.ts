import { formatDateTime, type Translator } from '../../../text/text.ts'
import { canAnswer, closedSince } from '../../assessments/assessment.ts'
import type { GuestVisit } from '../visit.ts'

/** Why a guest can change nothing now, in words; null = they can. */
export function readOnlyText(t: Translator, { assessment }: GuestVisit, now: Date): string | null {
  const step = canAnswer(assessment, now)
  if (step.ok) return null
  return step.reason === 'closed'
    ? t('assessments.readOnly.closed', { date: formatDateTime(t.language, closedSince(assessment.wave, now)!) })
    : t('assessments.readOnly.notOpenYet', { date: formatDateTime(t.language, assessment.wave.opensAt) })
}
