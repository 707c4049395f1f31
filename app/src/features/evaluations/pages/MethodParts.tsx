import { formatDateTime, formatNumber, type Translator } from '../../../text/text.ts'
import { type SummaryRow, SummaryList } from '../../../ui/SummaryList.tsx'
import { type Instrument, questionsOf, textOf } from '../../instrument/instrument.ts'
import { type MethodContent, sampleSizeOf } from '../method.ts'
import type { Registration } from '../queries.ts'

/** What follows from questionnaire and engine and is not chosen. */
export function fixedRows(t: Translator, instrument: Instrument, { instrument: named, engine, schemes }: MethodContent): SummaryRow[] {
  const names = textOf(instrument, t.language).weights
  return [
    {
      term: t('evaluations.method.instrument'),
      value: (
        <>
          {t('evaluations.method.instrumentValue', { version: named.version })}
          <span class="hash-line">
            SHA-256 <code>{named.contentHash}</code>
          </span>
        </>
      ),
    },
    { term: t('evaluations.method.engine'), value: t('evaluations.method.engineValue', { version: engine }) },
    { term: t('evaluations.method.weights'), value: schemes.map(({ id }) => names[id]?.name ?? id).join(', ') },
    { term: t('evaluations.method.missing'), value: t('evaluations.method.missingValue') },
    { term: t('evaluations.method.ties'), value: t('evaluations.method.tiesValue') },
    { term: t('evaluations.method.draw'), value: t('evaluations.method.drawValue') },
  ]
}

function chosenRows(t: Translator, instrument: Instrument, { share, seed, limits, minimumUnits }: MethodContent): SummaryRow[] {
  const number = (value: number, decimals = 0) => formatNumber(t.language, value, decimals)
  const count = sampleSizeOf(instrument, share)
  return [
    {
      term: t('evaluations.method.share'),
      value: t('evaluations.method.shareValue', {
        share: number(share * 100, Number.isInteger(Math.round(share * 1000) / 10) ? 0 : 1),
        count,
        all: questionsOf(instrument).length,
      }),
    },
    { term: t('evaluations.method.seed'), value: <code>{String(seed)}</code> },
    {
      term: t('evaluations.method.limits'),
      value: t('evaluations.method.limitsValue', {
        publishable: number(limits.publishable, 3),
        tentative: number(limits.tentative, 3),
        units: minimumUnits,
      }),
    },
  ]
}

/** One registration or addendum, complete. */
export function RegistrationView({ t, instrument, registration }: { t: Translator; instrument: Instrument; registration: Registration }) {
  const { version, content, contentHash, reason, registeredAt } = registration
  const reasonRow = reason === null ? [] : [{ term: t('evaluations.method.reason'), value: reason }]
  return (
    <section class="section">
      <h2>{version === 1 ? t('evaluations.method.registration') : t('evaluations.method.addendum', { number: version - 1 })}</h2>
      <SummaryList
        rows={[
          { term: t('evaluations.method.at'), value: formatDateTime(t.language, registeredAt) },
          ...reasonRow,
          ...chosenRows(t, instrument, content),
          ...fixedRows(t, instrument, content),
          { term: 'SHA-256', value: <code class="hash">{contentHash}</code> },
        ]}
      />
      <p class="small">{t('evaluations.method.hashHint')}</p>
    </section>
  )
}
