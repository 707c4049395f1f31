import { fieldOf, type FormErrors, type FormValues } from '../../../forms.ts'
import { formatDate, type Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { CheckboxGroup } from '../../../ui/CheckboxGroup.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { SelectField } from '../../../ui/SelectField.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { contextLine } from '../../assessments/pages/parts.tsx'
import { FormProblems } from '../../cities/pages/FormProblems.tsx'
import { textOf } from '../../instrument/instrument.ts'
import { type JointAgreement, jointState } from '../joint.ts'
import type { WaveCity } from '../queries.ts'
import type { OpenedJoint } from '../usecases.ts'

interface Props extends OpenedJoint {
  t: Translator
  candidates: WaveCity[]
  values: FormValues
  errors: FormErrors
  /** What was just done, with how many answers. */
  done: { what: 'proposed' | 'accepted' | 'ended' | 'handed' | 'taken'; count: number } | null
}

function Steps({ t, assessment, agreement }: Props & { agreement: JointAgreement }) {
  const isLead = agreement.lead.assessmentId === assessment.id
  const state = jointState(agreement)
  const action = `/assessments/${assessment.id}/joint/${agreement.id}`
  const other = isLead ? agreement.partner.name : agreement.lead.name
  if (state === 'declined' || state === 'ended') return null
  return (
    <div class="question-offer-actions">
      {isLead && state === 'accepted' && (
        <form method="post" action={`${action}/hand-over`}>
          <Button>{t('joint.list.handOver', { city: other })}</Button>
        </form>
      )}
      {!isLead && state === 'proposed' && (
        <form method="post" action={`${action}/decide`}>
          <Button name="decision" value="accept">
            {t('joint.list.accept', { city: other })}
          </Button>
        </form>
      )}
      <form method="post" action={`${action}/decide`}>
        <Button kind="quiet" name="decision" value="end" hiddenSuffix={other}>
          {t(state === 'proposed' ? (isLead ? 'joint.list.takeBack' : 'joint.list.decline') : 'joint.list.end')}
        </Button>
      </form>
    </div>
  )
}

function Agreement(props: Props & { agreement: JointAgreement }) {
  const { t, assessment, instrument, agreement } = props
  const names = textOf(instrument, t.language).dimensions
  const isLead = agreement.lead.assessmentId === assessment.id
  const city = isLead ? agreement.partner.name : agreement.lead.name
  return (
    <section class="section">
      <h2>{t(isLead ? 'joint.list.weLead' : 'joint.list.theyLead', { city })}</h2>
      <p>
        {t(`joint.state.${jointState(agreement)}`, {
          date: formatDate(t.language, agreement.endedAt ?? agreement.acceptedAt ?? agreement.proposedAt),
        })}
      </p>
      <p>{agreement.dimensions.map((id) => names[id]?.name ?? id).join(', ')}</p>
      {agreement.note !== null && <p>{agreement.note}</p>}
      {jointState(agreement) === 'accepted' && <p>{t(isLead ? 'joint.list.next.weLead' : 'joint.list.next.theyLead', { city })}</p>}
      <Steps {...props} agreement={agreement} />
    </section>
  )
}

function Propose({ t, assessment, instrument, candidates, values, errors }: Props) {
  const names = textOf(instrument, t.language).dimensions
  const options = [{ value: '', label: t('joint.form.choose') }, ...candidates.map(({ slug, name }) => ({ value: slug, label: name }))]
  return (
    <section class="section">
      <h2>{t('joint.form.title')}</h2>
      <form class="form" method="post" action={`/assessments/${assessment.id}/joint`} novalidate>
        <input type="hidden" name="_key" value={fieldOf(values, '_key')} />
        <SelectField
          name="city"
          label={t('joint.form.city')}
          options={options}
          value={fieldOf(values, 'city')}
          error={errors.fields.city}
        />
        <CheckboxGroup
          name="dimension"
          label={t('joint.form.areas')}
          options={instrument.dimensions.map(({ id }) => ({ value: id, label: names[id]!.name }))}
          values={[values.dimension ?? []].flat()}
          error={errors.fields.dimension}
        />
        <TextField
          name="note"
          label={t('joint.form.note')}
          optionalText={t('guests.form.optional')}
          value={fieldOf(values, 'note')}
          error={errors.fields.note}
        />
        <FormActions>
          <Button>{t('joint.form.send')}</Button>
        </FormActions>
      </form>
    </section>
  )
}

/** With whom the city answers some areas jointly, and what waits. */
export function JointPage(props: Props) {
  const { t, assessment, agreements, takeable, candidates, errors, done } = props
  return (
    <>
      <Breadcrumbs
        label={t('assessments.breadcrumbs')}
        links={[
          { href: '/home', text: t('app.nav.home') },
          { href: `/assessments/${assessment.id}`, text: contextLine(assessment) },
        ]}
      />
      <FormProblems t={t} errors={errors} />
      {done !== null && <Notice kind="success" title={t(`joint.done.${done.what}`, { count: done.count })} isAnnounced />}
      <PageHeading context={contextLine(assessment)} title={t('joint.page.title')} lead={t('joint.page.lead')} />
      {takeable > 0 && (
        <form method="post" action={`/assessments/${assessment.id}/joint/take-over`}>
          <p>{t('joint.page.takeable', { count: takeable })}</p>
          <Button>{t('joint.page.takeOver', { count: takeable })}</Button>
        </form>
      )}
      {agreements.map((agreement) => (
        <Agreement key={agreement.id} {...props} agreement={agreement} />
      ))}
      {agreements.length === 0 && <EmptyState title={t('joint.page.empty')}>{t('joint.page.emptyText')}</EmptyState>}
      {candidates.length > 0 && <Propose {...props} />}
    </>
  )
}
