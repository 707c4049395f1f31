import { formatDateTime, formatNumber, type Translator } from '../../../text/text.ts'
import type { Assessment } from '../assessment.ts'
import { stateRefText } from '../snapshot.ts'
import type { ComparedState, OpenedSnapshots } from '../snapshot-usecases.ts'

/** A state that can be chosen. */
export interface StateOption {
  value: string
  label: string
  isDisabled?: boolean
}

/** Everything that can be compared, the newest first; a moment that lies ahead cannot be chosen yet. */
export function stateOptions(t: Translator, { snapshots, copies, earlier }: OpenedSnapshots, now: Date): StateOption[] {
  const moment = (date: Date) => formatDateTime(t.language, date)
  return [
    { value: 'now', label: t('snapshots.state.now') },
    ...[...snapshots].reverse().map(({ id, name, at }) => ({
      value: stateRefText({ kind: 'snapshot', id }),
      label: at > now ? t('snapshots.state.ahead', { name, date: moment(at) }) : t('snapshots.state.snapshot', { name, date: moment(at) }),
      isDisabled: at > now,
    })),
    ...copies.map(({ id, frozenAt }) => ({
      value: stateRefText({ kind: 'copy', id }),
      label: t('snapshots.state.copy', { date: moment(frozenAt) }),
    })),
    ...(earlier === null ? [] : [{ value: 'earlier', label: t('snapshots.state.earlier', { wave: earlier.wave.name }) }]),
  ]
}

/** The name of a state in a comparison. */
export function stateName(t: Translator, { ref, name, sheet }: ComparedState): string {
  const date = sheet.at === null ? '' : formatDateTime(t.language, sheet.at)
  if (ref.kind === 'now') return t('snapshots.state.now')
  if (ref.kind === 'earlier') return t('snapshots.state.earlier', { wave: sheet.wave.name })
  return ref.kind === 'copy' ? t('snapshots.state.copy', { date }) : t('snapshots.state.snapshot', { name: name ?? '', date })
}

export const scoreText = (t: Translator, score: number | null): string => formatNumber(t.language, score, 1)

/** A difference in points with its sign; a true minus; a dash where one of both has no score. */
export function gainText(t: Translator, before: number | null, after: number | null): string {
  if (before === null || after === null) return '–'
  const gain = Math.round((after - before) * 10) / 10
  const sign = gain > 0 ? '+' : gain < 0 ? '−' : '±'
  return `${sign}${formatNumber(t.language, Math.abs(gain), 1)}`
}

export const snapshotsPath = ({ id }: Pick<Assessment, 'id'>): string => `/assessments/${id}/snapshots`
