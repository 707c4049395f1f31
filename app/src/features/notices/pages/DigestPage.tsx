import { type FormErrors, type FormValues, fieldOf } from '../../../forms.ts'
import { localeOf } from '../../../text/fill.ts'
import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { Notice as Message } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { SelectField } from '../../../ui/SelectField.tsx'
import { FormProblems } from '../../accounts/pages/FormProblems.tsx'
import { type DigestSettings, timeZones } from '../digest-time.ts'
import type { SubjectNames } from '../notice.ts'
import type { OwnDigest } from '../usecases.ts'
import { NoticeList } from './NoticesPage.tsx'

export interface DigestPageProps {
  t: Translator
  digest: OwnDigest
  names: SubjectNames
  values: FormValues
  errors: FormErrors
  isSaved: boolean
}

/** Names of zones as people read them; the value stays the name of the database. */
const zoneLabel = (zone: string): string => zone.replaceAll('_', ' ').replaceAll('/', ' / ')

/** In the person's own zone, because it is their hour. */
function momentText(t: Translator, at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat(localeOf(t.language), {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(at)
}

function SettingsForm({ t, digest: { settings }, values, errors }: DigestPageProps) {
  const hours = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: t('notices.settings.hour.at', { hour }) }))
  const typed = 'hour' in values || 'zone' in values
  return (
    <form class="form" method="post" action="/account/notices">
      <SelectField
        name="hour"
        label={t('notices.settings.hour')}
        options={[{ value: 'none', label: t('notices.settings.hour.none') }, ...hours]}
        value={typed ? fieldOf(values, 'hour') : String(settings.hour ?? 'none')}
        error={errors.fields.hour}
      />
      <SelectField
        name="zone"
        label={t('notices.settings.zone')}
        hint={t('notices.settings.zone.hint')}
        options={timeZones().map((zone) => ({ value: zone, label: zoneLabel(zone) }))}
        value={typed ? fieldOf(values, 'zone') : settings.zone}
        error={errors.fields.zone}
      />
      <FormActions>
        <Button>{t('notices.settings.save')}</Button>
      </FormActions>
    </form>
  )
}

function NextMail({ t, digest: { settings, nextAt, pending }, names }: DigestPageProps) {
  if (pending.length === 0) return <p>{t('notices.settings.next.empty')}</p>
  return (
    <>
      <p>
        {nextAt === null ? t('notices.settings.next.never') : t('notices.settings.next.at', { at: momentText(t, nextAt, settings.zone) })}
      </p>
      <NoticeList t={t} notices={pending} names={names} />
    </>
  )
}

/** When a person gets their mail, and what the next one would hold. */
export function DigestPage(props: DigestPageProps) {
  const { t } = props
  return (
    <>
      <Breadcrumbs label={t('notices.list.crumbs')} links={[{ href: '/account', text: t('notices.settings.account.crumb') }]} />
      <PageHeading title={t('notices.settings.title')} lead={t('notices.settings.lead')} />
      <div class="stack">
        {props.isSaved && <Message kind="success" title={t('notices.settings.saved')} isAnnounced />}
        <FormProblems t={t} errors={props.errors} />
        <SettingsForm {...props} />
      </div>
      <section class="section stack">
        <h2>{t('notices.settings.next.title')}</h2>
        <NextMail {...props} />
        <p class="small">{t('notices.settings.next.why')}</p>
      </section>
    </>
  )
}

/** One line of the account page. */
export function DigestSection({ t, settings: { hour, zone } }: { t: Translator; settings: DigestSettings }) {
  return (
    <section class="section">
      <h2>{t('notices.settings.account')}</h2>
      <p>{hour === null ? t('notices.settings.account.none') : t('notices.settings.account.text', { hour, zone: zoneLabel(zone) })}</p>
      <p>
        <a href="/account/notices">{t('notices.settings.account.change')}</a>
      </p>
    </section>
  )
}
