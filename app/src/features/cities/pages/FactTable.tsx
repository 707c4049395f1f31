import type { Translator } from '../../../text/text.ts'
import { DataTable, type TableColumn } from '../../../ui/DataTable.tsx'
import { type CityFact, facts } from '../fact.ts'
import { factText } from './fact-text.ts'
import { SourceText } from './SourceText.tsx'

/** Props of FactTable. */
export interface FactTableProps {
  t: Translator
  city: { slug: string; name: string }
  facts: readonly CityFact[]
  /** With links to change and remove each. */
  isEditable?: boolean
}

/** What is known about a city, fact by fact, the newest year first. */
export function FactTable({ t, city, facts: all, isEditable = false }: FactTableProps) {
  const ordered = [...all].sort((a, b) => facts.indexOf(a.fact) - facts.indexOf(b.fact) || b.year - a.year)
  const columns: TableColumn[] = [
    { id: 'fact', header: t('cities.facts.column.fact') },
    { id: 'value', header: t('cities.facts.column.value'), align: 'end', isNarrow: true },
    { id: 'year', header: t('cities.facts.column.year'), align: 'end', isNarrow: true },
    { id: 'quality', header: t('cities.facts.column.quality') },
    { id: 'source', header: t('cities.facts.column.source') },
    ...(isEditable ? [{ id: 'actions', header: t('cities.facts.column.actions') }] : []),
  ]
  const rows = ordered.map((fact) => ({
    id: `${fact.fact}-${fact.year}`,
    cells: {
      fact: t(`cities.fact.name.${fact.fact}`),
      value: factText(t, fact.fact, fact.value),
      year: fact.year,
      quality: t(`cities.fact.quality.${fact.quality}`),
      source: (
        <span class="source-text">
          <SourceText source={fact.source} />
        </span>
      ),
      actions: <FactActions t={t} city={city} fact={fact} />,
    },
  }))
  return (
    <DataTable
      id="facts"
      caption={t('cities.facts.caption', { city: city.name })}
      isCaptionHidden
      columns={columns}
      rows={rows}
      narrow="stack"
      emptyText={t(isEditable ? 'cities.facts.emptyEditable' : 'cities.facts.empty')}
    />
  )
}

function FactActions({ t, city, fact }: { t: Translator; city: { slug: string }; fact: CityFact }) {
  const path = `/cities/${city.slug}/facts/${fact.fact}/${fact.year}`
  const suffix = t('cities.facts.which', { fact: t(`cities.fact.name.${fact.fact}`), year: String(fact.year) })
  return (
    <span class="row-actions">
      <a href={path}>
        {t('cities.facts.change')}
        <span class="visually-hidden"> {suffix}</span>
      </a>
      <a href={`${path}/remove`}>
        {t('cities.facts.remove')}
        <span class="visually-hidden"> {suffix}</span>
      </a>
    </span>
  )
}
