import { fieldOf, type FormErrors, type FormValues } from '../../../forms.ts'
import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { CheckboxGroup } from '../../../ui/CheckboxGroup.tsx'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { TextAreaField } from '../../../ui/TextAreaField.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import type { City } from '../../cities/city.ts'
import { countryName } from '../../cities/countries.ts'
import { FormProblems } from '../../cities/pages/FormProblems.tsx'
import type { Step, Wave } from '../wave.ts'
import { HiddenFields } from './WaveFormPage.tsx'

/** Most cities that a search shows; narrower words show the others. */
export const maximumShown = 40

/** Props of WaveInvitePage. */
export interface WaveInvitePageProps {
  t: Translator
  wave: Wave
  step: Step
  /** Cities that are ticked already; they stay in sight whatever is searched. */
  ticked: readonly City[]
  /** Cities that the search found and that are not in the wave yet. */
  found: readonly City[]
  /** How many the search found in all. */
  total: number
  values: FormValues
  errors: FormErrors
}

/** Invites cities: search and tick, or paste a list. One form: searching keeps the ticks. */
export function WaveInvitePage(props: WaveInvitePageProps) {
  const { t, wave, step, values, errors } = props
  const back = `/network/waves/${wave.slug}`
  return (
    <>
      <Breadcrumbs
        label={t('cities.crumbs')}
        links={[
          { href: '/network/waves', text: t('waves.list.title') },
          { href: back, text: wave.name },
        ]}
      />
      <FormProblems t={t} errors={errors} />
      <PageHeading title={t('waves.invite.title')} context={wave.name} lead={t('waves.invite.lead')} />
      <form class="form" method="post" action={`${back}/invite`} novalidate>
        <HiddenFields values={values} wave={null} />
        <div class="search-field">
          <TextField name="q" type="search" label={t('cities.list.search')} value={fieldOf(values, 'q')} width="full" autoComplete="off" />
          <button class="button button-secondary" type="submit" formmethod="get" formaction={`${back}/invite`}>
            {t('waves.invite.search')}
          </button>
        </div>
        <CityChoices {...props} />
        <Disclosure summary={t('waves.invite.pasteTitle')} isOpen={fieldOf(values, 'pasted') !== '' || errors.fields.pasted !== undefined}>
          <TextAreaField
            name="pasted"
            label={t('waves.invite.paste')}
            hint={t('waves.invite.pasteHint')}
            value={fieldOf(values, 'pasted')}
            rows={6}
            error={errors.fields.pasted}
          />
        </Disclosure>
        <FormActions>
          <Button id="invite" unavailableReason={step.ok ? undefined : t(step.reason)}>
            {t('waves.invite.confirm')}
          </Button>
          <ButtonLink href={back} kind="quiet">
            {t('cities.form.cancel')}
          </ButtonLink>
        </FormActions>
      </form>
    </>
  )
}

function CityChoices({ t, ticked, found, total, errors }: WaveInvitePageProps) {
  const tickedSlugs = ticked.map(({ slug }) => slug)
  const offered = [...ticked, ...found.filter(({ slug }) => !tickedSlugs.includes(slug))]
  if (offered.length === 0) return <p id="city">{t('waves.invite.nothing')}</p>
  const options = offered.map(({ slug, name, country }) => ({
    value: slug,
    label: t('cities.published.place', { city: name, country: countryName(t.language, country) }),
  }))
  const hint = total > found.length ? t('waves.invite.more', { shown: found.length, total }) : undefined
  return (
    <div class="city-choices">
      <CheckboxGroup
        name="city"
        label={t('waves.invite.choose')}
        hint={hint}
        options={options}
        values={tickedSlugs}
        error={errors.fields.city}
      />
    </div>
  )
}
