import { fieldOf, type FormErrors, type FormValues } from '../../../forms.ts'
import { formatNumber, type Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { RadioGroup } from '../../../ui/RadioGroup.tsx'
import { SummaryList } from '../../../ui/SummaryList.tsx'
import { TextAreaField } from '../../../ui/TextAreaField.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { FormProblems } from '../../cities/pages/FormProblems.tsx'
import { decisions } from '../../reviews/review.ts'
import { type CalibrationCase, type CaseDecision, deviationOf, maximumOf } from '../case.ts'
import type { OwnCalibration, OwnCase } from '../usecases.ts'
import { casePath, percentText } from './CalibrationPage.tsx'

export interface CasePageProps {
  t: Translator
  found: OwnCase & OwnCalibration
  values: FormValues
  errors: FormErrors
}

const decisionText = (t: Translator, of: CalibrationCase, { decision, points }: CaseDecision): string =>
  decision === 'changed' && points !== null
    ? t('agreement.side.changedTo', { points: formatNumber(t.language, points, Number.isInteger(points) ? 0 : 2), max: maximumOf(of) })
    : t(`reviews.decision.${decision}`)

function Answer({ t, found: { case: of } }: CasePageProps) {
  const { options, explanation, evidence } = of.texts[t.language]
  return (
    <section class="section stack">
      <h2>{t('calibration.case.answer')}</h2>
      <p>
        <strong>{options[of.answered]}</strong>
      </p>
      <blockquote class="conflict-text">{explanation}</blockquote>
      <h2>{t('calibration.case.evidence')}</h2>
      <blockquote class="conflict-text">{evidence}</blockquote>
      <h2>{t('calibration.case.points')}</h2>
      <ul>
        {of.options.map(({ id, points }) => (
          <li key={id}>{t('agreement.form.optionPoints', { option: options[id] ?? id, points })}</li>
        ))}
      </ul>
    </section>
  )
}

function Form({ t, found: { case: of }, values, errors }: CasePageProps) {
  return (
    <form class="form" method="post" action={casePath(of.id)} novalidate>
      <RadioGroup
        name="decision"
        label={t('agreement.form.decision')}
        error={errors.fields.decision}
        value={fieldOf(values, 'decision')}
        options={decisions.map((each) => ({ value: each, label: t(`reviews.decision.${each}`), hint: t(`reviews.decisionHint.${each}`) }))}
      />
      <TextField
        name="points"
        label={t('agreement.form.points')}
        hint={t('calibration.case.pointsHint', { max: maximumOf(of) })}
        error={errors.fields.points}
        value={fieldOf(values, 'points')}
        inputMode="decimal"
        width="short"
      />
      <TextAreaField
        name="note"
        label={t('calibration.case.note')}
        optionalText={t('calibration.case.optional')}
        error={errors.fields.note}
        value={fieldOf(values, 'note')}
        rows={2}
        maxLength={2000}
      />
      <FormActions>
        <Button id="judge">{t('calibration.case.save')}</Button>
        <ButtonLink href="/calibration" kind="quiet">
          {t('calibration.case.later')}
        </ButtonLink>
      </FormActions>
    </form>
  )
}

function Outcome({ t, found }: CasePageProps) {
  const { case: of, judgement, cases } = found
  if (judgement === null) return null
  const next = cases.find((each) => each.judgement === null)
  const isEqual = judgement.decision === of.expected.decision
  const deviation = deviationOf(of, judgement)
  return (
    <section class="section stack">
      <h2>{t(!isEqual ? 'calibration.case.different' : deviation === 0 ? 'calibration.case.same' : 'calibration.case.otherPoints')}</h2>
      <SummaryList
        rows={[
          { term: t('calibration.page.own'), value: decisionText(t, of, judgement) },
          { term: t('calibration.page.expected'), value: decisionText(t, of, of.expected) },
          {
            term: t('calibration.page.deviation'),
            value: deviation === null ? t('calibration.case.noDistance') : percentText(t, deviation),
          },
          ...(judgement.note === null ? [] : [{ term: t('calibration.case.note'), value: judgement.note }]),
        ]}
      />
      <h3>{t('calibration.case.why')}</h3>
      <p>{of.texts[t.language].why}</p>
      <p>
        <ButtonLink href={next === undefined ? '/calibration' : casePath(next.case.id)}>
          {t(next === undefined ? 'calibration.case.finish' : 'calibration.page.next')}
        </ButtonLink>
      </p>
    </section>
  )
}

/** One invented answer: decide about it, then see what was expected and why. */
export function CasePage(props: CasePageProps) {
  const { t, found, errors } = props
  const number = found.cases.findIndex((each) => each.case.id === found.case.id) + 1
  return (
    <>
      <Breadcrumbs label={t('cities.crumbs')} links={[{ href: '/calibration', text: t('calibration.page.title') }]} />
      <FormProblems t={t} errors={errors} />
      <PageHeading
        context={t('calibration.case.number', { number, all: found.cases.length })}
        title={found.case.texts[t.language].question}
        lead={t('calibration.case.invented')}
      />
      <Answer {...props} />
      {found.judgement === null ? <Form {...props} /> : <Outcome {...props} />}
    </>
  )
}
