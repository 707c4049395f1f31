import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { longSilence } from '../partner.ts'
import type { CaseloadEntry } from '../usecases.ts'

function Waiting({ t, entry }: { t: Translator; entry: CaseloadEntry }) {
  const base = `/assessments/${entry.assessment.id}`
  if (!entry.rights.includes('read')) return <>{t('partners.caseload.noRight')}</>
  return (
    <div>
      <a href={`${base}/suggestions`}>{t('partners.caseload.suggestions', { count: entry.pendingSuggestions })}</a>
      <br />
      <a href={`${base}/threads`}>{t('partners.caseload.threads', { count: entry.openThreads })}</a>
    </div>
  )
}

function Steps({ t, entry }: { t: Translator; entry: CaseloadEntry }) {
  const { assessment, rights } = entry
  const city = assessment.city
  const links = [
    rights.includes('read') && { href: `/assessments/${assessment.id}`, text: t('partners.caseload.answers') },
    rights.includes('read') && { href: `/assessments/${assessment.id}/precheck`, text: t('partners.caseload.precheck') },
    rights.includes('facts') && { href: `/cities/${city.slug}/proposals`, text: t('partners.caseload.figures') },
    rights.includes('evidence') && { href: `/cities/${city.slug}/evidence`, text: t('partners.caseload.evidence') },
  ].filter((link) => link !== false)
  return (
    <ul class="table-links">
      {links.map(({ href, text }) => (
        <li key={href}>
          <a href={href}>
            {text}
            <span class="visually-hidden"> {city.name}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}

function silence(t: Translator, days: number | null) {
  if (days === null) return t('partners.caseload.nothingYet')
  const text = days === 0 ? t('partners.caseload.today') : t('partners.caseload.silent', { days })
  return days >= longSilence ? <strong>{text}</strong> : text
}

/** All cities that a technical partner accompanies: how far, how quiet, what waits. */
export function CaseloadPage({ t, entries }: { t: Translator; entries: readonly CaseloadEntry[] }) {
  return (
    <>
      <Breadcrumbs label={t('cities.crumbs')} links={[{ href: '/home', text: t('app.nav.home') }]} />
      <PageHeading title={t('partners.caseload.title', { count: entries.length })} lead={t('partners.caseload.lead')} />
      <DataTable
        id="caseload"
        caption={t('partners.caseload.caption')}
        isCaptionHidden
        narrow="stack"
        emptyText={t('partners.caseload.empty')}
        columns={[
          { id: 'city', header: t('partners.caseload.city') },
          { id: 'phase', header: t('partners.caseload.phase') },
          { id: 'progress', header: t('partners.caseload.progress') },
          { id: 'silent', header: t('partners.caseload.lastSaved') },
          { id: 'waiting', header: t('partners.caseload.waiting') },
          { id: 'steps', header: t('partners.caseload.steps') },
        ]}
        rows={entries.map((entry) => ({
          id: entry.assessment.id,
          cells: {
            city: `${entry.assessment.city.name} · ${entry.assessment.wave.name}`,
            phase: t(`partners.phase.${entry.state}`),
            progress: t('assessments.progress', { ...entry.progress }),
            silent: silence(t, entry.silentDays),
            waiting: <Waiting t={t} entry={entry} />,
            steps: <Steps t={t} entry={entry} />,
          },
        }))}
      />
    </>
  )
}
