import { formatDateTime, type Translator } from '../../../text/text.ts'
import { type Instrument, textOf } from '../../instrument/instrument.ts'
import type { SignOffStep, StepStatus } from '../signoff.ts'

/** What a step signs, in words. */
export function coverText(t: Translator, instrument: Instrument, { dimensions }: SignOffStep): string {
  if (dimensions === null) return t('signoff.cover.all')
  const names = textOf(instrument, t.language).dimensions
  return t('signoff.cover.areas', { areas: dimensions.map((id) => names[id]?.name ?? id).join(', ') })
}

/** How a step stands, in words. */
export function stateText(t: Translator, { step, state, last, changed }: StepStatus): string {
  const who = last?.by?.name ?? step.person?.name ?? t('signoff.anyApprover')
  const date = last === null ? '' : formatDateTime(t.language, last.decidedAt)
  return t(`signoff.state.${state}`, { who, date, count: changed.length })
}
