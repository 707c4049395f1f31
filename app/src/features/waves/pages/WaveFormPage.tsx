import { fieldOf, type FormErrors, type FormValues, newFormKey } from '../../../forms.ts'
import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { DateField } from '../../../ui/DateField.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { FormProblems } from '../../cities/pages/FormProblems.tsx'
import { serverZone } from '../dates.ts'
import { SummaryList } from '../../../ui/SummaryList.tsx'
import { formatDateTime } from '../../../text/text.ts'
import type { Step, Wave } from '../wave.ts'

/** Props of WaveFormPage. */
export interface WaveFormPageProps {
  t: Translator
  /** The wave that is changed; null = a new one. */
  wave: Wave | null
  step: Step
  values: FormValues
  errors: FormErrors
}

/** Plans a wave, or changes name and dates of one that is not frozen. */
export function WaveFormPage({ t, wave, step, values, errors }: WaveFormPageProps) {
  const back = wave === null ? '/network/waves' : `/network/waves/${wave.slug}`
  const crumbs = [{ href: '/network/waves', text: t('waves.list.title') }, ...(wave === null ? [] : [{ href: back, text: wave.name }])]
  return (
    <>
      <Breadcrumbs label={t('cities.crumbs')} links={crumbs} />
      <FormProblems t={t} errors={errors} />
      <PageHeading
        title={t(wave === null ? 'waves.new.title' : 'waves.update.title')}
        lead={t(wave === null ? 'waves.new.lead' : 'waves.update.lead')}
      />
      <form class="form" method="post" action={wave === null ? '/network/waves/new' : `${back}/edit`} novalidate>
        <HiddenFields values={values} wave={wave} />
        {wave !== null && errors.summary !== null && <StoredWave t={t} wave={wave} />}
        <TextField
          name="name"
          label={t('waves.form.name')}
          hint={t('waves.form.nameHint')}
          value={fieldOf(values, 'name')}
          autoComplete="off"
          error={errors.fields.name}
        />
        <MomentFields t={t} prefix="opens" values={values} errors={errors} />
        <MomentFields t={t} prefix="closes" values={values} errors={errors} />
        <FormActions>
          <Button id="save" unavailableReason={step.ok ? undefined : t(step.reason)}>
            {t(wave === null ? 'waves.new.save' : 'waves.update.save')}
          </Button>
          <ButtonLink href={back} kind="quiet">
            {t('cities.form.cancel')}
          </ButtonLink>
        </FormActions>
      </form>
    </>
  )
}

/** What is stored now, beside what was typed. */
function StoredWave({ t, wave }: { t: Translator; wave: Wave }) {
  return (
    <div>
      <h2>{t('waves.form.stored')}</h2>
      <SummaryList
        rows={[
          { term: t('waves.form.name'), value: wave.name },
          { term: t('waves.page.opens'), value: formatDateTime(t.language, wave.opensAt) },
          { term: t('waves.page.closes'), value: formatDateTime(t.language, wave.closesAt) },
        ]}
      />
    </div>
  )
}

/** Key against a second effect, and the version that was seen. */
export function HiddenFields({ values, wave }: { values: FormValues; wave: Wave | null }) {
  return (
    <>
      <input type="hidden" name="_key" value={fieldOf(values, '_key') || newFormKey()} />
      {wave !== null && <input type="hidden" name="version" value={fieldOf(values, 'version') || wave.version} />}
    </>
  )
}

/** Props of MomentFields. */
export interface MomentFieldsProps {
  t: Translator
  prefix: 'opens' | 'closes'
  values: FormValues
  errors: FormErrors
}

/** A day and a time on the server's clock. */
export function MomentFields({ t, prefix, values, errors }: MomentFieldsProps) {
  const day = `${prefix}On`
  const time = `${prefix}Time`
  return (
    <div class="moment-fields">
      <DateField name={day} label={t(`waves.form.${prefix}.day`)} value={fieldOf(values, day)} error={errors.fields[day]} />
      <TextField
        name={time}
        label={t(`waves.form.${prefix}.time`)}
        hint={t('waves.form.zone', { zone: serverZone() })}
        value={fieldOf(values, time)}
        width="short"
        inputMode="text"
        autoComplete="off"
        error={errors.fields[time]}
      />
    </div>
  )
}
