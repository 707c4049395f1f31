import { fieldOf, type FormErrors, type FormValues } from '../../../forms.ts'
import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { CheckboxGroup } from '../../../ui/CheckboxGroup.tsx'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { SelectField } from '../../../ui/SelectField.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import type { City } from '../../cities/city.ts'
import { FormProblems } from '../../cities/pages/FormProblems.tsx'
import { type Instrument, textOf } from '../../instrument/instrument.ts'
import type { Holder } from '../../accounts/membership-queries.ts'
import type { SignOffStep } from '../signoff.ts'
import { coverText } from './words.ts'

interface Props {
  t: Translator
  city: City
  instrument: Instrument
  steps: SignOffStep[]
  approvers: Holder[]
  /** What was typed, and the step it was typed for; null = a new one. */
  values: FormValues
  errors: FormErrors
  typedFor: string | null
  isSaved: boolean
}

function Fields({ t, instrument, approvers, values, errors, prefix }: Props & { prefix: string }) {
  const names = textOf(instrument, t.language).dimensions
  return (
    <>
      <TextField
        name="name"
        id={`${prefix}-name`}
        label={t('signoff.form.name')}
        hint={t('signoff.form.nameHint')}
        value={fieldOf(values, 'name')}
        error={errors.fields.name}
      />
      <SelectField
        name="person"
        id={`${prefix}-person`}
        label={t('signoff.form.person')}
        options={[{ value: '', label: t('signoff.anyApprover') }, ...approvers.map(({ id, name }) => ({ value: id, label: name }))]}
        value={fieldOf(values, 'person')}
      />
      <CheckboxGroup
        name="dimension"
        id={`${prefix}-dimension`}
        label={t('signoff.form.areas')}
        hint={t('signoff.form.areasHint')}
        options={instrument.dimensions.map(({ id }) => ({ value: id, label: names[id]!.name }))}
        values={[values.dimension ?? []].flat()}
      />
    </>
  )
}

function Step(props: Props & { step: SignOffStep; isFirst: boolean }) {
  const { t, city, instrument, step, isFirst, typedFor } = props
  const action = `/cities/${city.slug}/sign-off/${step.id}`
  const stored: FormValues = { name: step.name, person: step.person?.id ?? '', dimension: step.dimensions ?? [] }
  const isTyped = typedFor === step.id
  return (
    <li class="chain-step">
      <h2>
        {step.position}. {step.name}
      </h2>
      <p>
        {step.person?.name ?? t('signoff.anyApprover')} · {coverText(t, instrument, step)}
      </p>
      <Disclosure summary={t('signoff.form.change', { step: step.name })} isOpen={isTyped}>
        <form class="form" method="post" action={action} novalidate>
          <input type="hidden" name="version" value={step.version} />
          <Fields
            {...props}
            prefix={step.id}
            values={isTyped ? props.values : stored}
            errors={isTyped ? props.errors : { fields: {}, summary: null }}
          />
          <FormActions>
            <Button kind="secondary">{t('signoff.form.save')}</Button>
          </FormActions>
        </form>
      </Disclosure>
      <div class="question-offer-actions">
        {!isFirst && (
          <form method="post" action={`${action}/move`}>
            <Button kind="quiet" hiddenSuffix={step.name}>
              {t('signoff.form.earlier')}
            </Button>
          </form>
        )}
        <form method="post" action={`${action}/remove`}>
          <Button kind="quiet" hiddenSuffix={step.name}>
            {t('signoff.form.remove')}
          </Button>
        </form>
      </div>
    </li>
  )
}

const empty: FormErrors = { fields: {}, summary: null }

/** Who signs before the city hands in, in which order. */
export function ChainPage(props: Props) {
  const { t, city, steps, approvers, errors, values, typedFor, isSaved } = props
  const isNewTyped = typedFor === null
  return (
    <>
      <Breadcrumbs label={t('cities.crumbs')} links={[{ href: `/cities/${city.slug}`, text: city.name }]} />
      <FormProblems t={t} errors={errors} />
      {isSaved && <Notice kind="success" title={t('signoff.form.saved')} isAnnounced />}
      <PageHeading context={city.name} title={t('signoff.form.title')} lead={t('signoff.form.lead')} />
      {approvers.length === 0 && (
        <Notice kind="warning" title={t('signoff.form.noApprover')}>
          <p>
            <a href={`/cities/${city.slug}/people`}>{t('signoff.form.invite')}</a>
          </p>
        </Notice>
      )}
      {steps.length === 0 ? (
        <EmptyState title={t('signoff.form.none')}>{t('signoff.form.noneText')}</EmptyState>
      ) : (
        <ol class="plain-list">
          {steps.map((step, i) => (
            <Step key={step.id} {...props} step={{ ...step, position: i + 1 }} isFirst={i === 0} />
          ))}
        </ol>
      )}
      <section class="section">
        <h2>{t('signoff.form.new')}</h2>
        <form class="form" method="post" action={`/cities/${city.slug}/sign-off`} novalidate>
          <input type="hidden" name="_key" value={fieldOf(values, '_key')} />
          <Fields {...props} prefix="new" values={isNewTyped ? values : {}} errors={isNewTyped ? errors : empty} />
          <FormActions>
            <Button>{t('signoff.form.add')}</Button>
          </FormActions>
        </form>
      </section>
    </>
  )
}
