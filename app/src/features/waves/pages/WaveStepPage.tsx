import type { FormErrors, FormValues } from '../../../forms.ts'
import { formatDateTime, type Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { type SummaryRow, SummaryList } from '../../../ui/SummaryList.tsx'
import { FormProblems } from '../../cities/pages/FormProblems.tsx'
import type { WaveCounts } from '../queries.ts'
import type { Step, Wave } from '../wave.ts'
import { HiddenFields, MomentFields } from './WaveFormPage.tsx'

/** Steps that have a page of their own, where they are confirmed. */
export type ConfirmedStep = 'extend' | 'close' | 'reopen'

/** Props of WaveStepPage. */
export interface WaveStepPageProps {
  t: Translator
  wave: Wave
  name: ConfirmedStep
  step: Step
  counts: WaveCounts
  values: FormValues
  errors: FormErrors
}

/** Says what a step means, asks for what it needs, and takes it. */
export function WaveStepPage(props: WaveStepPageProps) {
  const { t, wave, name, step, values, errors } = props
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
      <PageHeading title={t(`waves.${name}.title`)} context={wave.name} lead={t(`waves.${name}.lead`)} />
      <form class="form" method="post" action={`${back}/${name}`} novalidate>
        <HiddenFields values={values} wave={wave} />
        <SummaryList rows={summaryRows(props)} />
        {(name === 'extend' || name === 'reopen') && <MomentFields t={t} prefix="closes" values={values} errors={errors} />}
        <FormActions>
          <Button kind={name === 'close' ? 'danger' : 'primary'} id={name} unavailableReason={step.ok ? undefined : t(step.reason)}>
            {t(`waves.${name}.confirm`)}
          </Button>
          <ButtonLink href={back} kind="quiet">
            {t('cities.form.cancel')}
          </ButtonLink>
        </FormActions>
      </form>
    </>
  )
}

function summaryRows({ t, wave, counts }: WaveStepPageProps): SummaryRow[] {
  return [
    { term: t('waves.page.closesNow'), value: formatDateTime(t.language, wave.closesAt) },
    { term: t('waves.cities.title'), value: t('waves.cities.count', { invited: counts.invited, submitted: counts.submitted }) },
  ]
}
