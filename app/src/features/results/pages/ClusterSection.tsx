import type { Translator } from '../../../text/text.ts'
import { DataTable } from '../../../ui/DataTable.tsx'
import type { ClusterComparison } from '../../benchmark/comparison.ts'
import type { ComparedResult } from '../../benchmark/usecases.ts'
import { textOf } from '../../instrument/instrument.ts'
import { groupName, shownCluster } from './level-rows.ts'
import { resultPath, type ResultView } from './view.ts'
import { differenceText, numberText, scoreText } from './words.ts'

interface Props {
  t: Translator
  compared: ComparedResult
  view: ResultView
}

/** The fact that decides, with its year: "37,400 inhabitants (2025)". */
function factText(t: Translator, { own }: ClusterComparison): string {
  if (own === null) return ''
  const decimals = own.basis === 'population' ? 0 : 1
  return t(`benchmark.cluster.fact.${own.basis}`, { value: numberText(t, own.value, decimals), year: String(own.year) })
}

function widenedText(t: Translator, { own }: ClusterComparison): string {
  if (own === null || own.extent === 'own') return t('benchmark.cluster.notWidened')
  return t(`benchmark.cluster.widened.${own.extent}`)
}

function clusterRow({ t, compared, view }: Props, cluster: ClusterComparison) {
  const { core } = compared.scores.indices
  const { name } = textOf(compared.instrument, t.language).clusters[cluster.id]!
  if (cluster.own === null)
    return {
      id: cluster.id,
      cells: { cluster: name, group: t(`benchmark.cluster.unknown.${cluster.fact}`), n: '–', median: '–', lead: '–', shown: '' },
    }
  const index = cluster.levels.find(({ element }) => element === 'core')
  const isShown = shownCluster(compared)?.id === cluster.id
  const lead =
    core.score === null || core.isProvisional || !index || index.median === null ? '–' : differenceText(t, core.score - index.median)
  return {
    id: cluster.id,
    isOwn: isShown,
    cells: {
      cluster: (
        <>
          {name}
          <br />
          <span class="small">{factText(t, cluster)}</span>
        </>
      ),
      group: (
        <>
          {groupName(t, compared, cluster)}
          <br />
          <span class="small">{widenedText(t, cluster)}</span>
        </>
      ),
      n: numberText(t, index?.n ?? 0, 0),
      median: scoreText(t, index?.median ?? null),
      lead,
      shown: isShown ? (
        t('benchmark.cluster.isShown')
      ) : (
        <a href={`${resultPath(compared.assessment.id, { ...view, cluster: cluster.id })}#chart-areas`}>
          {t('benchmark.cluster.show')}
          <span class="visually-hidden"> {name}</span>
        </a>
      ),
    },
  }
}

/** Comparable cities by size and by diversity: how many there are, what was widened, where their middle lies. */
export function ClusterSection(props: Props) {
  const { t, compared } = props
  return (
    <section class="section" aria-labelledby="clusters">
      <h2 id="clusters">{t('benchmark.cluster.title')}</h2>
      <div class="stack">
        <p class="prose">{t('benchmark.cluster.text')}</p>
        <DataTable
          id="clusters-table"
          caption={t('benchmark.cluster.caption')}
          isCaptionHidden
          narrow="stack"
          emptyText={t('benchmark.cluster.empty')}
          rows={compared.comparison.clusters.map((cluster) => clusterRow(props, cluster))}
          columns={[
            { id: 'cluster', header: t('benchmark.cluster.column.cluster') },
            { id: 'group', header: t('benchmark.cluster.column.group') },
            { id: 'n', header: t('benchmark.cluster.column.n'), align: 'end', isNarrow: true },
            { id: 'median', header: t('benchmark.cluster.column.median'), align: 'end', isNarrow: true },
            { id: 'lead', header: t('benchmark.cluster.column.lead'), align: 'end', isNarrow: true },
            { id: 'shown', header: t('benchmark.cluster.column.shown') },
          ]}
        />
      </div>
    </section>
  )
}
