import type { FormErrors, FormValues } from '../../../forms.ts'
import type { Role } from '../../../permissions.ts'
import { formatDate, type Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { Pagination } from '../../../ui/Pagination.tsx'
import { SearchForm } from '../../../ui/SearchForm.tsx'
import { roleText } from '../mails.ts'
import { canEndRole } from '../membership.ts'
import type { CityName, ListedPerson } from '../membership-queries.ts'
import type { NewLink } from '../new-link.ts'
import { type PeoplePage as PeopleOfPage, peoplePerPage } from '../usecases.ts'
import { FormProblems } from './FormProblems.tsx'
import { InvitationTable } from './InvitationTable.tsx'
import { InviteForm } from './InviteForm.tsx'
import { NewLinkNotice } from './NewLinkNotice.tsx'

/** What has just been done, as it stands in the address after a form. */
export const peopleNotices = ['ended', 'withdrawn'] as const

export interface PeoplePageProps extends PeopleOfPage {
  t: Translator
  /** Address of this page, to which its forms are sent. */
  action: string
  /** null: the whole network. */
  city: CityName | null
  roles: readonly Role[]
  /** Whether the reader may invite and end roles here. */
  canManage: boolean
  search: string
  page: number
  now: Date
  newKey: () => string
  values: FormValues
  errors: FormErrors
  notice: (typeof peopleNotices)[number] | null
  newLink: NewLink | null
}

/** People with their roles, open invitations, and the form that invites: of a city, or of the network. */
export function PeoplePage(props: PeoplePageProps) {
  const { t, city, notice, newLink, errors } = props
  return (
    <>
      {city !== null && (
        <Breadcrumbs label={t('accounts.people.toCity', { city: city.name })} links={[{ href: `/cities/${city.slug}`, text: city.name }]} />
      )}
      <PageHeading
        title={city === null ? t('accounts.people.network.title') : t('accounts.people.city.title', { city: city.name })}
        lead={city === null ? t('accounts.people.network.lead') : t('accounts.people.city.lead')}
      />
      <div class="stack">
        <FormProblems t={t} errors={errors} />
        {newLink !== null && <NewLinkNotice t={t} newLink={newLink} />}
        {notice === 'ended' && (
          <Notice kind="success" title={t('accounts.people.ended')} isAnnounced>
            <p>{t('accounts.people.endedText')}</p>
          </Notice>
        )}
        {notice === 'withdrawn' && (
          <Notice kind="success" title={t('accounts.invitations.withdrawn')} isAnnounced>
            <p>{t('accounts.invitations.withdrawnText')}</p>
          </Notice>
        )}
        {city === null && (
          <SearchForm
            action={props.action}
            label={t('accounts.people.search')}
            buttonText={t('accounts.people.searchButton')}
            value={props.search}
          />
        )}
        <PeopleTable {...props} />
      </div>
      <InvitationTable {...props} />
      {props.canManage && <InviteForm {...props} />}
      {props.canManage && (
        <p class="section">
          <a href={`${props.action}/spreadsheet`}>{t('spreadsheets.people.link')}</a>
        </p>
      )}
    </>
  )
}

function PeopleTable(props: PeoplePageProps) {
  const { t, people, total, search, city, canManage } = props
  const count = search === '' ? t('accounts.people.count', { count: total }) : t('accounts.people.found', { count: total, search })
  return (
    <>
      <p>
        {count} {search !== '' && <a href={props.action}>{t('accounts.people.showAll')}</a>}
      </p>
      <DataTable
        id="people"
        caption={count}
        isCaptionHidden
        narrow="stack"
        emptyText={search === '' ? t('accounts.people.empty') : t('accounts.people.noMatch')}
        columns={[
          { id: 'person', header: t('accounts.people.person') },
          { id: 'roles', header: t('accounts.people.roles') },
          { id: 'secondStep', header: t('accounts.people.secondStep') },
          ...(canManage ? [{ id: 'change', header: t('accounts.people.change') }] : []),
        ]}
        rows={people.map((person) => ({
          id: person.id,
          cells: {
            person: (
              <>
                {person.name}
                <div class="small">{person.email}</div>
              </>
            ),
            roles: <RoleLines t={t} person={person} isInCity={city !== null} />,
            secondStep: person.hasTwoFactor ? t('accounts.people.secondStep.on') : t('accounts.people.secondStep.off'),
            change: person.roles.length > 0 && <EndRoles {...props} person={person} />,
          },
        }))}
      />
      <PeoplePages {...props} />
    </>
  )
}

function RoleLines({ t, person, isInCity }: { t: Translator; person: ListedPerson; isInCity: boolean }) {
  if (person.roles.length === 0) return <span class="small">{t('accounts.people.noRole')}</span>
  return person.roles.map(({ id, role, city, since }) => (
    <div key={id}>
      {roleText(t, role, isInCity ? null : city)}{' '}
      <span class="small">{t('accounts.people.since', { since: formatDate(t.language, new Date(since)) })}</span>
    </div>
  ))
}

/** Behind a line, so that nobody ends a role by a slip. */
function EndRoles({ t, action, person, city }: PeoplePageProps & { person: ListedPerson }) {
  return (
    <Disclosure
      summary={
        <>
          {t('accounts.people.endRole')}
          <span class="visually-hidden"> {t('accounts.people.endFor', { name: person.name })}</span>
        </>
      }
    >
      {person.roles.map(({ id, role, city: where, holders }) => {
        const step = canEndRole(role, holders)
        return (
          <form method="post" action={`${action}/roles/${id}/end`} key={id}>
            <Button
              kind="danger"
              id={`end-${id}`}
              hiddenSuffix={t('accounts.people.endFor', { name: person.name })}
              unavailableReason={step.ok ? undefined : t(`accounts.step.${step.reason}`)}
            >
              {t('accounts.people.endThat', { role: roleText(t, role, city === null ? where : null) })}
            </Button>
          </form>
        )
      })}
    </Disclosure>
  )
}

function PeoplePages({ t, action, city, page, total, search }: PeoplePageProps) {
  if (city !== null || total <= peoplePerPage) return null
  const href = (to: number) => `${action}?${new URLSearchParams({ ...(search !== '' && { q: search }), page: String(to) })}`
  const from = (page - 1) * peoplePerPage + 1
  const to = Math.min(page * peoplePerPage, total)
  return (
    <Pagination
      label={t('accounts.people.pages')}
      status={t('accounts.people.range', { from, to, total })}
      previous={page > 1 ? { href: href(page - 1), text: t('accounts.people.previous') } : undefined}
      next={to < total ? { href: href(page + 1), text: t('accounts.people.next') } : undefined}
    />
  )
}
