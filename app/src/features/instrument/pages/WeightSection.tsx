import { type Fraction, fraction, multiplyFractions, roundHalfUp } from '@tessera/engine'
import { formatNumber, type Translator } from '../../../text/text.ts'
import { DataTable } from '../../../ui/DataTable.tsx'
import { DefinitionText } from '../../../ui/DefinitionText.tsx'
import { dimensionOf, type Instrument, type InstrumentText } from '../instrument.ts'
import { weightRange, weightTable } from '../weight-table.ts'

/** A share 0-1 as percent with two decimals; a dash where the question is not part of the index. */
function percentOf(t: Translator, share: Fraction): string {
  if (share.numerator === 0n) return formatNumber(t.language, null)
  return formatNumber(t.language, Number(roundHalfUp(multiplyFractions(share, fraction(100n)), 2)), 2)
}

const indices = ['core', 'extended'] as const

function Table({ t, instrument, text }: { t: Translator; instrument: Instrument; text: InstrumentText }) {
  const columns = indices.flatMap((index) =>
    instrument.schemes.map(({ id }) => ({
      id: `${index}-${id}`,
      header: t(`instrument.method.column.${index}`, { scheme: text.weights[id]!.name }),
      align: 'end' as const,
    })),
  )
  const rows = weightTable(instrument).map(({ questionId, number, shares }) => ({
    id: questionId,
    cells: {
      question: (
        <a href={`/questionnaire#${questionId}`} title={text.questions[questionId]!.question}>
          {t('instrument.method.question', { number, id: questionId })}
        </a>
      ),
      area: text.dimensions[dimensionOf(instrument, questionId)!.id]!.name,
      ...Object.fromEntries(
        indices.flatMap((index) => shares.map(({ schemeId, shares: share }) => [`${index}-${schemeId}`, percentOf(t, share[index])])),
      ),
    },
  }))
  return (
    <DataTable
      id="weights-table"
      caption={t('instrument.method.weightsCaption')}
      emptyText=""
      rows={rows}
      columns={[
        { id: 'question', header: t('instrument.method.column.question'), isNarrow: true },
        { id: 'area', header: t('instrument.method.column.area') },
        ...columns,
      ]}
    />
  )
}

/** The weight schemes, and what every question weighs under each. */
export function WeightSection({ t, instrument, text }: { t: Translator; instrument: Instrument; text: InstrumentText }) {
  const { heaviest, lightest } = weightRange(instrument)
  const areaOf = (questionId: string) => text.dimensions[dimensionOf(instrument, questionId)!.id]!.name
  return (
    <section class="section method-section" id="weights">
      <h2>{t('instrument.method.weights')}</h2>
      <div class="prose">
        <p>{t('instrument.method.weightsText')}</p>
      </div>
      <DefinitionText
        definitions={instrument.schemes.map(({ id, isDefault }) => ({
          term: isDefault ? t('instrument.method.defaultScheme', { name: text.weights[id]!.name }) : text.weights[id]!.name,
          meaning: text.weights[id]!.description,
        }))}
      />
      <p class="prose">
        {t('instrument.method.range', {
          heavy: heaviest.questionId,
          heavyArea: areaOf(heaviest.questionId),
          heavyShare: percentOf(t, heaviest.share),
          light: lightest.questionId,
          lightArea: areaOf(lightest.questionId),
          lightShare: percentOf(t, lightest.share),
        })}
      </p>
      <p>
        <a href="/method/weights">{t('weights.page.link')}</a>
      </p>
      <Table t={t} instrument={instrument} text={text} />
    </section>
  )
}
