import { formatDateTime, type Translator } from '../../text/text.ts'
import { closedSince, type WaveTimes, waveStatus } from './wave.ts'

/** The status of a wave in one or two words. */
export function waveStatusWord(t: Translator, wave: WaveTimes, now: Date): string {
  const status = waveStatus(wave, now)
  return t(status === 'planned' && wave.frozenAt === null ? 'waves.statusWord.notFrozen' : `waves.statusWord.${status}`)
}

/** The status of a wave in a sentence, with the day and time that matter. */
export function waveStatusText(t: Translator, wave: WaveTimes, now: Date): string {
  const moment = (date: Date) => formatDateTime(t.language, date)
  const status = waveStatus(wave, now)
  if (status === 'closed') return t('waves.status.closed', { at: moment(closedSince(wave, now)!) })
  if (status === 'open') return t('waves.status.open', { until: moment(wave.closesAt) })
  return wave.frozenAt === null
    ? t('waves.status.notFrozen', { from: moment(wave.opensAt) })
    : t('waves.status.planned', { from: moment(wave.opensAt) })
}
