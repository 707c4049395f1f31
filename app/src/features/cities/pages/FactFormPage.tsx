import { fieldOf, type FormErrors, type FormValues } from '../../../forms.ts'
import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { RadioGroup } from '../../../ui/RadioGroup.tsx'
import { SelectField } from '../../../ui/SelectField.tsx'
import { SummaryList } from '../../../ui/SummaryList.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import type { City } from '../city.ts'
import { type CityFact, facts, isFact, qualities } from '../fact.ts'
import { factText } from './fact-text.ts'
import { FormProblems } from './FormProblems.tsx'

/** Props of FactFormPage. */
export interface FactFormPageProps {
  t: Translator
  city: City
  values: FormValues
  errors: FormErrors
  /** Which fact and year are being changed; null = a new one. */
  editing: { fact: CityFact['fact']; year: number } | null
  /** What somebody else has stored meanwhile; null = nothing, undefined = no clash. */
  clash?: CityFact | null
}

/** Adds a figure, or changes one. */
export function FactFormPage({ t, city, values, errors, editing, clash }: FactFormPageProps) {
  const title =
    editing === null
      ? t('cities.fact.new.title', { city: city.name })
      : t('cities.fact.change.title', { fact: t(`cities.fact.name.${editing.fact}`), year: String(editing.year) })
  const version = clash === undefined ? fieldOf(values, 'version') || '0' : String(clash?.version ?? 0)
  return (
    <>
      <Breadcrumbs
        label={t('cities.crumbs')}
        links={[
          { href: `/cities/${city.slug}`, text: city.name },
          { href: `/cities/${city.slug}/facts`, text: t('cities.facts.crumb') },
        ]}
      />
      <FormProblems t={t} errors={errors} />
      <PageHeading title={title} context={editing === null ? undefined : city.name} />
      {clash !== undefined && <FactClash t={t} clash={clash} values={values} />}
      <form class="form" method="post" action={`/cities/${city.slug}/facts`} novalidate>
        <input type="hidden" name="version" value={version} />
        {editing === null ? (
          <KeyFields t={t} values={values} errors={errors} />
        ) : (
          <>
            <input type="hidden" name="fact" value={editing.fact} />
            <input type="hidden" name="year" value={editing.year} />
          </>
        )}
        <ValueFields t={t} values={values} errors={errors} />
        <FormActions>
          <Button>{t(clash ? 'cities.fact.replace' : 'cities.fact.save')}</Button>
          <ButtonLink href={`/cities/${city.slug}/facts`} kind="quiet">
            {t('cities.form.cancel')}
          </ButtonLink>
        </FormActions>
      </form>
    </>
  )
}

type FieldsProps = Pick<FactFormPageProps, 't' | 'values' | 'errors'>

export function KeyFields({ t, values, errors }: FieldsProps) {
  const options = [
    { value: '', label: t('cities.fact.choose') },
    ...facts.map((fact) => ({ value: fact, label: t(`cities.fact.name.${fact}`) })),
  ]
  return (
    <>
      <SelectField
        name="fact"
        label={t('cities.fact.label.fact')}
        options={options}
        value={fieldOf(values, 'fact')}
        width="full"
        error={errors.fields.fact}
      />
      <TextField
        name="year"
        label={t('cities.fact.label.year')}
        hint={t('cities.fact.hint.year')}
        value={fieldOf(values, 'year')}
        width="short"
        inputMode="numeric"
        autoComplete="off"
        error={errors.fields.year}
      />
    </>
  )
}

export function ValueFields({ t, values, errors }: FieldsProps) {
  const options = qualities.map((quality) => ({
    value: quality,
    label: t(`cities.fact.quality.${quality}`),
    hint: t(`cities.fact.qualityHint.${quality}`),
  }))
  return (
    <>
      <TextField
        name="value"
        label={t('cities.fact.label.value')}
        hint={t('cities.fact.hint.value')}
        value={fieldOf(values, 'value')}
        width="medium"
        inputMode="decimal"
        autoComplete="off"
        error={errors.fields.value}
      />
      <TextField
        name="source"
        label={t('cities.fact.label.source')}
        hint={t('cities.fact.hint.source')}
        value={fieldOf(values, 'source')}
        autoComplete="off"
        error={errors.fields.source}
      />
      <RadioGroup
        name="quality"
        label={t('cities.fact.label.quality')}
        options={options}
        value={fieldOf(values, 'quality')}
        error={errors.fields.quality}
      />
    </>
  )
}

/** The stored value beside the one that was typed; nothing is lost, and saving again is a decision. */
function FactClash({ t, clash, values }: { t: Translator; clash: CityFact | null; values: FormValues }) {
  const fact = fieldOf(values, 'fact')
  const quality = qualities.find((known) => known === fieldOf(values, 'quality'))
  const typed = [fieldOf(values, 'value'), fieldOf(values, 'source'), quality ? t(`cities.fact.quality.${quality}`) : '']
    .filter((text) => text !== '')
    .join(' · ')
  const stored =
    clash === null
      ? t('cities.clash.removed')
      : [isFact(fact) ? factText(t, fact, clash.value) : String(clash.value), clash.source, t(`cities.fact.quality.${clash.quality}`)].join(
          ' · ',
        )
  return (
    <div class="page-notice">
      <Notice kind="warning" title={t('cities.clash.title')}>
        <SummaryList
          rows={[
            { term: t('cities.clash.stored'), value: stored, isEmpty: clash === null },
            { term: t('cities.clash.typed'), value: typed },
          ]}
        />
        <p>{t('cities.clash.now')}</p>
      </Notice>
    </div>
  )
}
