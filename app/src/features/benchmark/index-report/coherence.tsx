import type { ElementReliability, FamilyCoherence, NotAssessable } from '@tessera/engine'
import { FoldedTable, Section, Table, type Column } from './parts.tsx'
import { formatCoefficient, formatProbability, formatShare, listNames, nameElement, type IndexReport } from './report.ts'

/** Alpha, KMO, Bartlett and principal components of every family of siblings. */
export function CoherenceSection({ report }: { readonly report: IndexReport }) {
  const { t, audit } = report
  const title = t('index-report.coherence.title')
  const low = audit.families.filter(({ consistency }) => consistency.alpha !== null && consistency.alpha < 0.6)
  const reliabilities = audit.families.flatMap(({ parent, consistency }) => consistency.elements.map((element) => ({ ...element, parent })))
  return (
    <Section id="coherence" title={title}>
      <p>{t('index-report.coherence.lead')}</p>
      <p>
        {low.length === 0
          ? t('index-report.coherence.allHigh')
          : t('index-report.coherence.low', {
              n: low.length,
              names: listNames(
                t,
                low.map(({ parent }) => nameElement(report, parent)),
              ),
            })}
      </p>
      <Table id="families" caption={title} columns={familyColumns(report)} rows={audit.families} />
      <FoldedTable
        t={t}
        id="reliability"
        caption={t('index-report.coherence.elements')}
        columns={elementColumns(report)}
        rows={reliabilities}
      />
      <FoldedTable
        t={t}
        id="components"
        caption={t('index-report.coherence.components')}
        columns={loadingColumns(report)}
        rows={listLoadings(audit.families)}
      />
    </Section>
  )
}

function whyNot(report: IndexReport, { reason, elements }: NotAssessable): string {
  const { t } = report
  const why = {
    fewUnits: t('index-report.why.fewUnits'),
    fewElements: t('index-report.why.fewElements'),
    noVariance: t('index-report.why.noVariance'),
    singular: t('index-report.why.singular'),
  }[reason]
  return elements.length === 0 ? why : `${why} (${elements.map((code) => nameElement(report, code)).join(', ')})`
}

function familyColumns(report: IndexReport): Column<FamilyCoherence>[] {
  const { t } = report
  return [
    { header: t('index-report.element'), cell: ({ parent }) => nameElement(report, parent) },
    { header: t('index-report.coherence.children'), cell: ({ children }) => String(children.length), isNumber: true },
    { header: t('index-report.coherence.units'), cell: ({ consistency }) => String(consistency.units), isNumber: true },
    { header: t('index-report.coherence.alpha'), cell: ({ consistency }) => formatCoefficient(t, consistency.alpha), isNumber: true },
    {
      header: 'KMO',
      cell: ({ adequacy }) => (adequacy.status === 'assessed' ? formatCoefficient(t, adequacy.overall) : whyNot(report, adequacy)),
      isNumber: true,
    },
    {
      header: t('index-report.coherence.bartlett'),
      cell: ({ sphericity }) => (sphericity.status === 'assessed' ? formatProbability(t, sphericity.pValue) : '–'),
      isNumber: true,
    },
    {
      header: t('index-report.coherence.aboveOne'),
      cell: ({ components }) => (components.status === 'assessed' ? String(components.aboveOne) : '–'),
      isNumber: true,
    },
    {
      header: t('index-report.coherence.firstShare'),
      cell: ({ components }) => (components.status === 'assessed' ? formatShare(t, components.shares[0] ?? null) : '–'),
      isNumber: true,
    },
  ]
}

function elementColumns(report: IndexReport): Column<ElementReliability & { parent: string }>[] {
  const { t } = report
  return [
    { header: t('index-report.element'), cell: ({ element }) => nameElement(report, element) },
    { header: t('index-report.parent'), cell: ({ parent }) => nameElement(report, parent) },
    { header: t('index-report.coherence.itemRest'), cell: ({ itemRest }) => formatCoefficient(t, itemRest), isNumber: true },
    { header: t('index-report.coherence.ifDeleted'), cell: ({ alphaIfDeleted }) => formatCoefficient(t, alphaIfDeleted), isNumber: true },
  ]
}

interface Loading {
  readonly element: string
  readonly parent: string
  readonly first: number
  readonly second: number | null
}

function listLoadings(families: readonly FamilyCoherence[]): Loading[] {
  return families.flatMap(({ parent, children, components }) =>
    components.status === 'notAssessable'
      ? []
      : children.map((element, i) => ({
          element,
          parent,
          first: components.loadings[i]?.[0] ?? 0,
          second: components.loadings[i]?.[1] ?? null,
        })),
  )
}

function loadingColumns(report: IndexReport): Column<Loading>[] {
  const { t } = report
  return [
    { header: t('index-report.element'), cell: ({ element }) => nameElement(report, element) },
    { header: t('index-report.parent'), cell: ({ parent }) => nameElement(report, parent) },
    { header: t('index-report.coherence.first'), cell: ({ first }) => formatCoefficient(t, first), isNumber: true },
    { header: t('index-report.coherence.second'), cell: ({ second }) => formatCoefficient(t, second), isNumber: true },
  ]
}
