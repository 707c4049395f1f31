import { COVERAGE_THRESHOLD, ENGINE_VERSION, fraction, fractionToNumber, multiplyFractions } from '@tessera/engine'
import { formatNumber, type Translator } from '../../../text/text.ts'
import { DataTable } from '../../../ui/DataTable.tsx'
import { InsetText } from '../../../ui/InsetText.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { SummaryList } from '../../../ui/SummaryList.tsx'
import { contentHash } from '../identity.ts'
import { type Instrument, type InstrumentText, questionsOf, textOf } from '../instrument.ts'
import { WeightSection } from './WeightSection.tsx'

interface PartProps {
  t: Translator
  instrument: Instrument
  text: InstrumentText
}

function counts({ dimensions }: Instrument) {
  const core = dimensions.filter(({ set }) => set === 'core')
  const indicators = dimensions.flatMap((d) => d.indicators)
  return {
    areas: dimensions.length,
    coreAreas: core.length,
    indicators: indicators.length,
    questions: indicators.flatMap((i) => i.questions).length,
  }
}

function Structure({ t, instrument, text }: PartProps) {
  const rows = instrument.dimensions.map(({ id, set, indicators }) => ({
    id,
    cells: {
      area: text.dimensions[id]!.name,
      set: t(`instrument.method.set.${set}`),
      indicators: indicators
        .map((i) => t('instrument.method.indicatorCount', { name: text.indicators[i.id]!.name, count: i.questions.length }))
        .join(', '),
      questions: formatNumber(t.language, indicators.flatMap((i) => i.questions).length),
    },
  }))
  return (
    <section class="section method-section">
      <h2>{t('instrument.method.structure')}</h2>
      <div class="prose">
        <p>{t('instrument.method.structureText', counts(instrument))}</p>
        <p>{t('instrument.method.modelled')}</p>
      </div>
      <InsetText>{t('instrument.method.words')}</InsetText>
      <DataTable
        id="structure"
        caption={t('instrument.method.structureCaption')}
        narrow="stack"
        emptyText=""
        rows={rows}
        columns={[
          { id: 'area', header: t('instrument.method.column.area') },
          { id: 'set', header: t('instrument.method.column.set'), isNarrow: true },
          { id: 'indicators', header: t('instrument.method.column.indicators') },
          { id: 'questions', header: t('instrument.method.column.questions'), align: 'end', isNarrow: true },
        ]}
      />
    </section>
  )
}

/** The rules of the method in plain words; a section each, its sentences by number. */
const chapters = [
  ['points', 5],
  ['missing', 5],
  ['bounds', 4],
  ['review', 3],
  ['ranks', 4],
  ['robustness', 2],
] as const

function Chapters({ t }: { t: Translator }) {
  const percent = formatNumber(t.language, fractionToNumber(multiplyFractions(COVERAGE_THRESHOLD, fraction(100n))))
  return (
    <>
      {chapters.map(([name, length]) => (
        <section key={name} class="section prose">
          <h2>{t(`instrument.method.${name}`)}</h2>
          <ul>
            {Array.from({ length }, (_, i) => (
              <li key={i}>{t(`instrument.method.${name}.${i + 1}` as 'instrument.method.points.1', { percent })}</li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function Clusters({ t, instrument, text }: PartProps) {
  return (
    <section class="section prose">
      <h2>{t('instrument.method.clusters')}</h2>
      <p>{t('instrument.method.clustersText')}</p>
      <ul>
        {instrument.clusters.map(({ id, groups }) => (
          <li key={id}>
            <strong>{text.clusters[id]!.name}</strong>: {groups.map((group) => text.clusters[id]!.groups[group.id]).join('; ')}
          </li>
        ))}
      </ul>
      <p>{t('instrument.method.clustersSmall')}</p>
    </section>
  )
}

function Identity({ t, instrument }: PartProps) {
  return (
    <section class="section method-section">
      <h2>{t('instrument.method.identity')}</h2>
      <p class="prose">{t('instrument.method.identityText')}</p>
      <SummaryList
        rows={[
          { term: t('instrument.method.instrument'), value: `${instrument.id} ${instrument.version}` },
          { term: t('instrument.method.hash'), value: <code class="hash">{contentHash(instrument)}</code> },
          { term: t('instrument.method.engine'), value: ENGINE_VERSION },
          { term: t('instrument.method.licence'), value: instrument.licence },
          {
            term: t('instrument.method.anchors'),
            value: t('instrument.method.anchorsText', { count: questionsOf(instrument).filter(({ anchor }) => anchor).length }),
          },
          { term: t('instrument.method.content'), value: <a href="/api/v1/instruments/current">{t('instrument.method.contentLink')}</a> },
        ]}
      />
    </section>
  )
}

/** How answers become scores: generated from the instrument that new waves freeze. */
export function MethodPage({ t, instrument }: { t: Translator; instrument: Instrument }) {
  const parts: PartProps = { t, instrument, text: textOf(instrument, t.language) }
  return (
    <>
      <PageHeading title={t('instrument.method.title')} lead={t('instrument.method.lead')} />
      <Structure {...parts} />
      <Chapters t={t} />
      <WeightSection {...parts} />
      <Clusters {...parts} />
      <Identity {...parts} />
    </>
  )
}
