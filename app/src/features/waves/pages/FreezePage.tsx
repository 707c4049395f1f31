import type { FormErrors, FormValues } from '../../../forms.ts'
import { can, type Person } from '../../../permissions.ts'
import type { TextKey } from '../../../text/catalogue.ts'
import { formatDateTime, type Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { type SummaryRow, SummaryList } from '../../../ui/SummaryList.tsx'
import { FormProblems } from '../../cities/pages/FormProblems.tsx'
import type { FreezeRequest, FrozenInstrument } from '../queries.ts'
import { freezeObstacle } from '../usecases.ts'
import type { Step, Wave } from '../wave.ts'
import { HiddenFields } from './WaveFormPage.tsx'

/** Props of FreezePage. */
export interface FreezePageProps {
  t: Translator
  person: Person
  wave: Wave
  step: Step
  /** What would be frozen. */
  current: (Omit<FrozenInstrument, 'frozenBy'> & { id: string }) | null
  request: FreezeRequest | null
  values: FormValues
  errors: FormErrors
}

function summaryRows({ t, wave, current, request }: FreezePageProps): SummaryRow[] {
  const asked = request !== null && request.instrumentVersionId === current?.id
  return [
    {
      term: t('waves.page.instrument'),
      value: (
        <>
          {t('waves.freeze.version', { version: current?.version ?? '' })} <a href="/questionnaire">{t('waves.page.readQuestionnaire')}</a>
        </>
      ),
    },
    { term: 'SHA-256', value: <code class="hash">{current?.contentHash}</code> },
    { term: t('waves.page.opens'), value: formatDateTime(t.language, wave.opensAt) },
    { term: t('waves.page.closes'), value: formatDateTime(t.language, wave.closesAt) },
    ...(asked ? [{ term: t('waves.freeze.askedTerm'), value: askedText(t, request) }] : []),
  ]
}

/** The evaluation lead confirms, but has no pages of waves to go back to. */
export function wayBack(t: Translator, person: Person, { slug, name }: Wave) {
  if (!can(person, 'waves.manage').ok) return { back: '/home', links: [{ href: '/home', text: t('app.nav.home') }] }
  const back = `/network/waves/${slug}`
  return {
    back,
    links: [
      { href: '/network/waves', text: t('waves.list.title') },
      { href: back, text: name },
    ],
  }
}

/** Who has asked, and when. */
export const askedText = (t: Translator, { askedAt, askedBy }: FreezeRequest): string =>
  t('waves.freeze.askedBy', { name: askedBy?.name ?? t('notices.who.somebody'), at: formatDateTime(t.language, askedAt) })

/** What the person can do now, and why not more: first somebody asks, then somebody else confirms. */
function actionOf({ person, step, current, request }: FreezePageProps): { name: 'ask' | 'confirm'; obstacle: TextKey | null } {
  const obstacle = freezeObstacle(request, person.id, current?.id ?? '')
  const isAsking = obstacle === 'waves.freeze.reason.notAsked' && can(person, 'waves.manage').ok
  if (!step.ok) return { name: isAsking ? 'ask' : 'confirm', obstacle: step.reason }
  return isAsking ? { name: 'ask', obstacle: null } : { name: 'confirm', obstacle }
}

/** Freezing needs two people: one asks for it, another confirms it. */
export function FreezePage(props: FreezePageProps) {
  const { t, person, wave, values, errors } = props
  const { name, obstacle } = actionOf(props)
  const { back, links } = wayBack(t, person, wave)
  return (
    <>
      <Breadcrumbs label={t('cities.crumbs')} links={links} />
      <FormProblems t={t} errors={errors} />
      <PageHeading title={t('waves.freeze.title')} context={wave.name} lead={t('waves.freeze.lead')} />
      <form class="form" method="post" action={`/network/waves/${wave.slug}/freeze${name === 'ask' ? '/ask' : ''}`} novalidate>
        <HiddenFields values={values} wave={wave} />
        <SummaryList rows={summaryRows(props)} />
        {obstacle === null && <p>{t(`waves.freeze.${name}Text`)}</p>}
        <FormActions>
          <Button id="freeze" unavailableReason={obstacle === null ? undefined : t(obstacle)}>
            {t(`waves.freeze.${name}`)}
          </Button>
          <ButtonLink href={back} kind="quiet">
            {t('cities.form.cancel')}
          </ButtonLink>
        </FormActions>
      </form>
    </>
  )
}
