import { partnerRights } from '../../../permissions.ts'
import { formatDate, type Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { CheckboxGroup } from '../../../ui/CheckboxGroup.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import type { City } from '../../cities/city.ts'
import type { CityPartner } from '../partner.ts'

function Partner({ t, city, partner }: { t: Translator; city: City; partner: CityPartner }) {
  const { membershipId, person, rights, since } = partner
  return (
    <section class="section" aria-labelledby={`partner-${membershipId}`}>
      <h2 id={`partner-${membershipId}`}>{person.name}</h2>
      <p>{t('partners.city.since', { email: person.email, date: formatDate(t.language, since) })}</p>
      <form class="form" method="post" action={`/cities/${city.slug}/partners/${membershipId}`}>
        <CheckboxGroup
          name="right"
          id={`rights-${membershipId}`}
          label={t('partners.city.rights', { name: person.name })}
          options={partnerRights.map((right) => {
            const granted = rights.find((each) => each.right === right)
            const who =
              granted && t('partners.city.granted', { date: formatDate(t.language, granted.grantedAt), name: granted.grantedBy ?? '–' })
            return {
              value: right,
              label: t(`partners.right.${right}`),
              hint: who ? `${t(`partners.rightHint.${right}`)} ${who}` : t(`partners.rightHint.${right}`),
            }
          })}
          values={rights.map(({ right }) => right)}
        />
        <FormActions>
          <Button kind="secondary" hiddenSuffix={t('partners.city.for', { name: person.name })}>
            {t('partners.city.save')}
          </Button>
        </FormActions>
      </form>
    </section>
  )
}

/** What each technical partner may do in the city; the city decides and sees it. */
export function PartnersPage({ t, city, partners, isSaved }: { t: Translator; city: City; partners: CityPartner[]; isSaved: boolean }) {
  return (
    <>
      <Breadcrumbs
        label={t('cities.crumbs')}
        links={[
          { href: `/cities/${city.slug}`, text: city.name },
          { href: `/cities/${city.slug}/people`, text: t('partners.city.people') },
        ]}
      />
      {isSaved && <Notice kind="success" title={t('partners.city.saved')} isAnnounced />}
      <PageHeading context={city.name} title={t('partners.city.title')} lead={t('partners.city.lead')} />
      {partners.map((partner) => (
        <Partner key={partner.membershipId} t={t} city={city} partner={partner} />
      ))}
      {partners.length === 0 && (
        <EmptyState title={t('partners.city.empty')}>
          <a href={`/cities/${city.slug}/people`}>{t('partners.city.invite')}</a>
        </EmptyState>
      )}
    </>
  )
}
