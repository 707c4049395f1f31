import { fieldOf, type FormErrors, type FormValues } from '../../../forms.ts'
import type { TextKey } from '../../../text/catalogue.ts'
import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { InsetText } from '../../../ui/InsetText.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { SummaryList } from '../../../ui/SummaryList.tsx'
import { TextAreaField } from '../../../ui/TextAreaField.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { FormProblems } from '../../cities/pages/FormProblems.tsx'
import { methodOf, usualChoices } from '../method.ts'
import type { OpenedMethod } from '../usecases.ts'
import { fixedRows, RegistrationView } from './MethodParts.tsx'

interface Props extends OpenedMethod {
  t: Translator
  values: FormValues
  errors: FormErrors
  isDone: boolean
}

const fields: readonly { name: string; label: TextKey; hint?: TextKey }[] = [
  { name: 'share', label: 'evaluations.method.form.share', hint: 'evaluations.method.form.shareHint' },
  { name: 'seed', label: 'evaluations.method.form.seed', hint: 'evaluations.method.form.seedHint' },
  { name: 'publishable', label: 'evaluations.method.form.publishable', hint: 'evaluations.method.form.publishableHint' },
  { name: 'tentative', label: 'evaluations.method.form.tentative', hint: 'evaluations.method.form.tentativeHint' },
  { name: 'minimumUnits', label: 'evaluations.method.form.units' },
]

function Form({ t, wave, registrations, values, errors }: Props) {
  const isFirst = registrations.length === 0
  return (
    <form class="form" method="post" action={`/network/waves/${wave.slug}/method`} novalidate>
      <input type="hidden" name="_key" value={fieldOf(values, '_key')} />
      <input type="hidden" name="version" value={String(registrations.length)} />
      {fields.map(({ name, label, hint }) => (
        <TextField
          key={name}
          name={name}
          width="short"
          inputMode="decimal"
          label={t(label)}
          hint={hint && t(hint)}
          value={fieldOf(values, name)}
          error={errors.fields[name]}
        />
      ))}
      {!isFirst && (
        <TextAreaField
          name="reason"
          label={t('evaluations.method.form.reason')}
          hint={t('evaluations.method.form.reasonHint')}
          value={fieldOf(values, 'reason')}
          error={errors.fields.reason}
        />
      )}
      <FormActions>
        <Button>{t(isFirst ? 'evaluations.method.form.send' : 'evaluations.method.form.sendMore')}</Button>
      </FormActions>
    </form>
  )
}

/** Registers the method of a wave, or shows what is registered and takes an addendum. */
export function MethodFormPage(props: Props) {
  const { t, wave, instrument, registrations, errors, isDone } = props
  const isFirst = registrations.length === 0
  const newest = registrations.at(-1)
  return (
    <>
      <Breadcrumbs
        label={t('cities.crumbs')}
        links={[
          { href: '/network/waves', text: t('waves.list.title') },
          { href: `/network/waves/${wave.slug}`, text: wave.name },
        ]}
      />
      <FormProblems t={t} errors={errors} />
      {isDone && (
        <div class="page-notice">
          <Notice kind="success" title={t('evaluations.method.done')} isAnnounced>
            <p>{t('evaluations.method.doneText')}</p>
          </Notice>
        </div>
      )}
      <PageHeading
        context={wave.name}
        title={t(isFirst ? 'evaluations.method.form.title' : 'evaluations.method.title')}
        lead={t(isFirst ? 'evaluations.method.form.lead' : 'evaluations.method.form.leadMore')}
      />
      <p class="method-links">
        <a href={`/waves/${wave.slug}/method`}>{t('evaluations.method.public')}</a>
      </p>
      {instrument === null && <InsetText>{t('evaluations.step.notFrozen')}</InsetText>}
      {instrument !== null && newest !== undefined && <RegistrationView t={t} instrument={instrument} registration={newest} />}
      {instrument !== null && isFirst && (
        <>
          <Form {...props} />
          <section class="section">
            <h2>{t('evaluations.method.form.fixed')}</h2>
            <SummaryList rows={fixedRows(t, instrument, methodOf(instrument, wave.slug, { ...usualChoices, seed: 0 }))} />
          </section>
        </>
      )}
      {instrument !== null && !isFirst && (
        <Disclosure
          summary={t('evaluations.method.form.titleMore')}
          isOpen={Object.keys(errors.fields).length > 0 || errors.summary !== null}
        >
          <Form {...props} />
        </Disclosure>
      )}
    </>
  )
}
