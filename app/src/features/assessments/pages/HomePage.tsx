import type { Person } from '../../../permissions.ts'
import { formatDate, formatDateTime, formatNumber, type Translator } from '../../../text/text.ts'
import { DataTable } from '../../../ui/DataTable.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { ProgressText } from '../../../ui/ProgressText.tsx'
import { StatNumber } from '../../../ui/StatNumber.tsx'
import { closedSince } from '../assessment.ts'
import type { HomeSection } from '../extras.ts'
import type { Home, HomeAssessment } from '../home.ts'
import type { NetworkCounts } from '../home-queries.ts'

/** Props of HomePage. */
export interface HomePageProps {
  t: Translator
  person: Person
  home: Home
  /** What features have for this person. */
  sections: readonly HomeSection[]
  now: Date
}

/** The page after signing in: what the person works on. */
export function HomePage({ t, person, home, sections, now }: HomePageProps) {
  const isEmpty = home.cities.length === 0 && home.network === null && sections.length === 0 && !home.isReviewer && !home.isPartner
  return (
    <>
      <PageHeading title={t('accounts.home.title')} lead={t('accounts.home.lead', { name: person.name })} />
      {home.isPartner && (
        <p>
          <a href="/caseload">{t('accounts.home.caseload')}</a>
        </p>
      )}
      {home.network !== null && <NetworkSection t={t} counts={home.network} />}
      {home.cities.map((entry) => (
        <CitySection key={entry.city.id} t={t} entry={entry} now={now} />
      ))}
      {home.isReviewer && (
        <section class="section">
          <h2>{t('accounts.home.reviewer.title')}</h2>
          <p>{t('accounts.home.reviewer.text')}</p>
        </section>
      )}
      {sections.map((section) => (
        <LinkSection key={section.title} {...section} />
      ))}
      {isEmpty && <EmptyState title={t('accounts.home.empty.title')}>{t('accounts.home.empty.text')}</EmptyState>}
    </>
  )
}

function LinkSection({ title, text, links }: HomeSection) {
  return (
    <section class="section">
      <h2>{title}</h2>
      {text !== undefined && <p>{text}</p>}
      <ul class="stack">
        {links.map(({ href, text: words, hint }) => (
          <li key={href}>
            <a href={href}>{words}</a>
            {hint !== undefined && <span class="small"> {hint}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}

function NetworkSection({ t, counts }: { t: Translator; counts: NetworkCounts }) {
  const number = (value: number) => formatNumber(t.language, value)
  return (
    <section class="section">
      <h2>{t('accounts.home.network.title')}</h2>
      <div class="stat-row">
        <StatNumber
          label={t('accounts.home.network.waves')}
          value={number(counts.openWaves)}
          qualifier={t('accounts.home.network.wavesAll', { count: counts.waves })}
          link={{ href: '/network/waves', text: t('accounts.home.network.wavesLink') }}
        />
        <StatNumber
          label={t('accounts.home.network.cities')}
          value={number(counts.cities)}
          qualifier={t('accounts.home.network.citiesWith', { count: counts.citiesWithCoordinator })}
          link={{ href: '/network/cities', text: t('accounts.home.network.citiesLink') }}
        />
        <StatNumber
          label={t('accounts.home.network.people')}
          value={number(counts.people)}
          qualifier={t('accounts.home.network.invited', { count: counts.openInvitations })}
          link={{ href: '/network/people', text: t('accounts.home.network.peopleLink') }}
        />
      </div>
    </section>
  )
}

function CitySection({ t, entry, now }: { t: Translator; entry: Home['cities'][number]; now: Date }) {
  const { city, assessments, canSeePeople } = entry
  return (
    <section class="section">
      <h2>{city.name}</h2>
      <div class="stack">
        {assessments.length === 0 ? (
          <EmptyState level={3} title={t('accounts.home.city.none.title')}>
            {t('accounts.home.city.none.text', { city: city.name })}
          </EmptyState>
        ) : (
          <AssessmentTable t={t} entry={entry} now={now} />
        )}
        <p>
          <a href={`/cities/${city.slug}`}>{t('accounts.home.city.page', { city: city.name })}</a>
          {canSeePeople && (
            <>
              {' '}
              · <a href={`/cities/${city.slug}/people`}>{t('accounts.home.city.people', { city: city.name })}</a>
            </>
          )}
        </p>
      </div>
    </section>
  )
}

function stateText(t: Translator, { assessment, state }: HomeAssessment, now: Date): string {
  const { wave, submittedAt } = assessment
  const dates = { 'not-open': wave.opensAt, submitted: submittedAt, closed: closedSince(wave, now) } as Record<
    string,
    Date | null | undefined
  >
  const date = dates[state]
  return t(`accounts.home.state.${state}`, { date: date ? formatDate(t.language, date) : '' })
}

function AssessmentTable({ t, entry, now }: { t: Translator; entry: Home['cities'][number]; now: Date }) {
  const { city, assessments } = entry
  const resultLink = ({ assessment, progress, isPart }: HomeAssessment) =>
    isPart ? (
      <span class="small">{t('accounts.home.result.part')}</span>
    ) : progress.answered === 0 ? (
      <span class="small">{t('accounts.home.result.none')}</span>
    ) : (
      <a href={`/assessments/${assessment.id}/results`}>
        {t('accounts.home.result.link')}
        <span class="visually-hidden"> {t('accounts.home.result.of', { city: city.name, wave: assessment.wave.name })}</span>
      </a>
    )
  return (
    <DataTable
      id={`assessments-${city.slug}`}
      caption={t('accounts.home.caption', { city: city.name })}
      isCaptionHidden
      narrow="stack"
      emptyText={t('accounts.home.city.none.title')}
      columns={[
        { id: 'wave', header: t('accounts.home.wave') },
        { id: 'status', header: t('accounts.home.status') },
        { id: 'answered', header: t('accounts.home.answered') },
        { id: 'due', header: t('accounts.home.due') },
        { id: 'result', header: t('accounts.home.result') },
      ]}
      rows={assessments.map((listed) => ({
        id: listed.assessment.id,
        cells: {
          wave: <a href={`/assessments/${listed.assessment.id}`}>{listed.assessment.wave.name}</a>,
          status: stateText(t, listed, now),
          answered: <ProgressText text={t('accounts.home.answered.of', { ...listed.progress })} />,
          due: formatDateTime(t.language, listed.assessment.wave.closesAt),
          result: resultLink(listed),
        },
      }))}
    />
  )
}
