import { fieldOf, type FormErrors, type FormValues, newFormKey } from '../../../forms.ts'
import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { SelectField } from '../../../ui/SelectField.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { countryOptions } from '../countries.ts'
import { FormProblems } from './FormProblems.tsx'

/** Adds a city to the network. */
export function CityNewPage({ t, values, errors }: { t: Translator; values: FormValues; errors: FormErrors }) {
  const text = (name: string) => fieldOf(values, name)
  const countries = [{ value: '', label: t('cities.new.chooseCountry') }, ...countryOptions(t.language)]
  return (
    <>
      <Breadcrumbs label={t('cities.crumbs')} links={[{ href: '/network/cities', text: t('cities.network.title') }]} />
      <FormProblems t={t} errors={errors} />
      <PageHeading title={t('cities.new.title')} lead={t('cities.new.lead')} />
      <form class="form" method="post" action="/network/cities/new" novalidate>
        <input type="hidden" name="_key" value={text('_key') || newFormKey()} />
        <TextField
          name="name"
          label={t('cities.new.name')}
          hint={t('cities.new.nameHint')}
          value={text('name')}
          width="medium"
          autoComplete="off"
          error={errors.fields.name}
        />
        <SelectField
          name="country"
          label={t('cities.new.country')}
          options={countries}
          value={text('country')}
          error={errors.fields.country}
        />
        <TextField
          name="region"
          label={t('cities.new.region')}
          optionalText={t('cities.form.optional')}
          hint={t('cities.new.regionHint')}
          value={text('region')}
          width="medium"
          autoComplete="off"
          error={errors.fields.region}
        />
        <TextField
          name="officialCode"
          label={t('cities.new.officialCode')}
          optionalText={t('cities.form.optional')}
          hint={t('cities.new.officialCodeHint')}
          value={text('officialCode')}
          width="medium"
          autoComplete="off"
          error={errors.fields.officialCode}
        />
        <FormActions>
          <Button>{t('cities.new.save')}</Button>
          <ButtonLink href="/network/cities" kind="quiet">
            {t('cities.form.cancel')}
          </ButtonLink>
        </FormActions>
      </form>
    </>
  )
}
