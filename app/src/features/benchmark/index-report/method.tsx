import { stringify } from 'yaml'
import type { Method } from '@tessera/engine'
import { FoldedTable, Section, Table, type Column } from './parts.tsx'
import { formatDecimals, formatShare, nameElement, type IndexReport } from './report.ts'

/** Every choice that changes a number, and how to run it again. */
export function MethodSection({ report }: { readonly report: IndexReport }) {
  const { t, audit } = report
  const { method } = audit.result
  return (
    <Section id="method" title={t('index-report.method.title')}>
      <p>{t('index-report.method.lead')}</p>
      <Table id="steps" caption={t('index-report.method.caption')} columns={stepColumns(report)} rows={listSteps(report, method)} />
      <VariedTable report={report} />
      <FoldedTable
        t={t}
        id="weights"
        caption={t('index-report.method.weights')}
        columns={weightColumns(report)}
        rows={audit.result.weights}
      />
      <details>
        <summary>{t('index-report.method.file')}</summary>
        <pre role="group" aria-label={t('index-report.method.file')} tabIndex={0}>
          {stringify(method)}
        </pre>
      </details>
    </Section>
  )
}

/** What the runs of the uncertainty analysis choose from, all alternatives equally likely. */
function VariedTable({ report }: { readonly report: IndexReport }) {
  const { t, uncertainty } = report
  if (uncertainty.value === null) return null
  const { imputation, treatment, normalisation, aggregation, weights } = uncertainty.value.alternatives
  const none = t('index-report.method.none')
  const list = (choices: readonly { readonly kind: string }[]) => (choices.length < 2 ? none : choices.map(describe).join('; '))
  const means = aggregation.map(({ byLevel }) => byLevel.map(describe).join(' → '))
  const rows: Step[] = [
    { name: t('index-report.assumption.imputation'), choice: list(imputation) },
    { name: t('index-report.assumption.treatment'), choice: list(treatment) },
    { name: t('index-report.assumption.normalisation'), choice: list(normalisation) },
    { name: t('index-report.assumption.aggregation'), choice: means.length < 2 ? none : means.join('; ') },
    {
      name: t('index-report.assumption.weights'),
      choice: weights === null ? none : t('index-report.method.factor', { low: weights.factor[0], high: weights.factor[1] }),
    },
  ]
  return <FoldedTable t={t} id="varied" caption={t('index-report.method.varied')} columns={stepColumns(report)} rows={rows} />
}

interface Step {
  readonly name: string
  readonly choice: string
}

function listSteps({ t }: IndexReport, method: Method): Step[] {
  const own = (table: Readonly<Record<string, unknown>>) => Object.keys(table).length
  const exceptions = (table: Readonly<Record<string, unknown>>) =>
    own(table) === 0 ? '' : ` ${t('index-report.method.exceptions', { n: own(table) })}`
  const none = t('index-report.method.none')
  return [
    {
      name: t('index-report.method.denomination'),
      choice:
        own(method.denomination) === 0
          ? none
          : Object.entries(method.denomination)
              .map(([code, by]) => `${code} / ${by}`)
              .join(', '),
    },
    {
      name: t('index-report.method.screening'),
      choice:
        method.screening === null
          ? none
          : t('index-report.method.screeningChoice', { share: formatShare(t, method.screening.minAvailability) }),
    },
    { name: t('index-report.assumption.imputation'), choice: describe(method.imputation) },
    { name: t('index-report.assumption.treatment'), choice: describe(method.treatment) + exceptions(method.treatmentOf) },
    { name: t('index-report.assumption.normalisation'), choice: describe(method.normalisation) + exceptions(method.normalisationOf) },
    { name: t('index-report.assumption.weights'), choice: describe(method.weighting) },
    { name: t('index-report.assumption.aggregation'), choice: method.aggregation.byLevel.map(describe).join(' → ') },
    { name: t('index-report.method.ties'), choice: method.ranking.ties },
    { name: t('index-report.method.time'), choice: method.time },
  ]
}

/** A choice in the words of the method file: its kind, then its settings. Long tables are left to the file below. */
function describe({ kind, ...settings }: { readonly kind: string }): string {
  const words = Object.entries(settings).map(([key, value]) => {
    const text = JSON.stringify(value).replaceAll('"', '')
    return `${key} ${text.length > 40 ? '…' : text}`
  })
  return words.length === 0 ? kind : `${kind} (${words.join(', ')})`
}

function stepColumns({ t }: IndexReport): Column<Step>[] {
  return [
    { header: t('index-report.method.step'), cell: ({ name }) => name },
    { header: t('index-report.method.choice'), cell: ({ choice }) => choice },
  ]
}

function weightColumns(report: IndexReport): Column<IndexReport['audit']['result']['weights'][number]>[] {
  const { t } = report
  return [
    { header: t('index-report.element'), cell: ({ code }) => nameElement(report, code) },
    { header: t('index-report.method.share'), cell: ({ share }) => formatShare(t, share), isNumber: true },
    { header: t('index-report.method.effective'), cell: ({ effective }) => formatShare(t, effective), isNumber: true },
  ]
}

/** From which version, seed and number of runs the report comes, and its limits. */
export function OriginSection({ report }: { readonly report: IndexReport }) {
  const { t, audit, seed, uncertainty, sensitivity, files } = report
  const runs = uncertainty.value?.runs ?? null
  const failures = uncertainty.value?.failures ?? []
  return (
    <Section id="origin" title={t('index-report.origin.title')}>
      <p>
        {t('index-report.origin.text', {
          version: audit.engineVersion,
          seed,
          framework: files.framework,
          data: files.data,
          runs: formatDecimals(t, runs),
          base: formatDecimals(t, sensitivity.value?.base ?? null),
        })}
      </p>
      <p>
        {failures.length === 0
          ? t('index-report.origin.noFailures')
          : t('index-report.origin.failures', {
              n: failures.reduce((sum, each) => sum + each.runs, 0),
              reasons: failures.map(({ reason }) => reason).join('; '),
            })}
      </p>
      <p>{t('index-report.origin.sources')}</p>
    </Section>
  )
}
