import { toCsv } from '../../csv.ts'
import type { Translator } from '../../text/text.ts'
import { textOf } from '../instrument/instrument.ts'
import type { WaveAgreement } from './usecases.ts'

const columns = ['area', 'name', 'units', 'not_same_answer', 'alpha', 'low', 'high', 'verdict', 'disagreements', 'unsettled', 'has_rank']

/** The areas as CSV; numbers in full, one row for each area and one for all of them. */
export function agreementCsv(t: Translator, { instrument, areas }: WaveAgreement): string {
  const names = instrument === null ? {} : textOf(instrument, t.language).dimensions
  return toCsv(
    columns,
    areas.map(({ dimension, units, notSameAnswer, alpha, low, high, verdict, disagreements, unsettled, hasRank }) => [
      dimension ?? 'all',
      dimension === null ? t('agreement.area.all') : (names[dimension]?.name ?? dimension),
      units,
      notSameAnswer,
      alpha,
      low,
      high,
      verdict,
      disagreements,
      unsettled,
      hasRank ? 'yes' : 'no',
    ]),
  )
}
