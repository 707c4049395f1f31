import { fieldOf, type FormValues } from '../../../forms.ts'
import { formatDateTime, type Translator } from '../../../text/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { OptionInput } from '../../../ui/OptionInput.tsx'
import { RadioGroup } from '../../../ui/RadioGroup.tsx'
import { SelectField } from '../../../ui/SelectField.tsx'
import { SummaryList } from '../../../ui/SummaryList.tsx'
import { TextAreaField } from '../../../ui/TextAreaField.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { textOf } from '../../instrument/instrument.ts'
import { answerVersionOf, nextWaiting } from '../desk.ts'
import { deskPath, donePath } from '../paths.ts'
import { decisions, type Judgement, reasonCodes } from '../review.ts'
import type { DeskProps } from './DeskPage.tsx'
import { decisionText, timeText } from './words.ts'

/** What the form holds when it opens: what was decided last. */
export function judgementValues(t: Translator, judgement: Judgement | null): FormValues {
  if (judgement === null) return {}
  const { decision, reasonCode, points, note, reportText, isForMeeting } = judgement
  return {
    decision,
    reasonCode: reasonCode ?? '',
    points: points === null ? '' : t.language === 'de' ? String(points).replace('.', ',') : String(points),
    note: note ?? '',
    reportText: reportText ?? '',
    ...(isForMeeting && { isForMeeting: 'true' }),
  }
}

/** What stands on the server where somebody, usually the same person in another window, was quicker. */
function Stale({ t, opened, values }: DeskProps) {
  const { judgement, answer } = opened.question
  const typed = { version: fieldOf(values, 'version'), answerVersion: fieldOf(values, 'answerVersion') }
  const isOther = typed.version !== '' && Number(typed.version) !== (judgement?.version ?? 0)
  const isAnew = typed.answerVersion !== '' && Number(typed.answerVersion) !== answerVersionOf(answer)
  if (!isOther && !isAnew) return null
  return (
    <Notice kind="warning" level={3} title={t(isAnew ? 'reviews.stale.answer' : 'reviews.stale.title')}>
      <p>{t(isAnew ? 'reviews.stale.answerText' : 'reviews.stale.text')}</p>
      {isOther && judgement !== null && (
        <SummaryList
          rows={[
            { term: t('reviews.stale.decision'), value: decisionText(t, opened.question, judgement) },
            ...(judgement.reportText === null ? [] : [{ term: t('reviews.form.reportText'), value: judgement.reportText }]),
            ...(judgement.note === null ? [] : [{ term: t('reviews.form.note'), value: judgement.note }]),
          ]}
        />
      )}
    </Notice>
  )
}

/** What each option is worth, so that points can be suggested. */
function pointsHint({ t, opened }: DeskProps) {
  const { question: rules } = opened.question.status
  const labels = textOf(opened.instrument, t.language).questions[rules.id]!.options
  return (
    <>
      {t('reviews.form.pointsHint', { max: rules.max })}
      <ul class="desk-points">
        {rules.options.map(({ id, points }) => (
          <li key={id}>{t('reviews.form.optionPoints', { option: labels[id] ?? id, points })}</li>
        ))}
      </ul>
    </>
  )
}

function Fields(props: DeskProps) {
  const { t, values, errors } = props
  const value = (name: string) => fieldOf(values, name)
  const choices = [
    { value: '', label: t('reviews.form.reasonNone') },
    ...reasonCodes.map((code) => ({ value: code, label: t(`reviews.reason.${code}`) })),
  ]
  return (
    <>
      <RadioGroup
        name="decision"
        label={t('reviews.form.decision')}
        error={errors.fields['decision']}
        value={value('decision')}
        options={decisions.map((each) => ({ value: each, label: t(`reviews.decision.${each}`), hint: t(`reviews.decisionHint.${each}`) }))}
      />
      <div data-desk-for="changed">
        <TextField
          name="points"
          label={t('reviews.form.points')}
          hint={pointsHint(props)}
          error={errors.fields['points']}
          value={value('points')}
          inputMode="decimal"
          width="short"
        />
      </div>
      <div data-desk-for="agreed-with-note changed not-supported need-more">
        <SelectField
          name="reasonCode"
          label={t('reviews.form.reason')}
          hint={t('reviews.form.reasonHint')}
          error={errors.fields['reasonCode']}
          value={value('reasonCode')}
          options={choices}
          width="full"
        />
      </div>
      <TextAreaField
        name="reportText"
        label={t('reviews.form.reportText')}
        hint={t('reviews.form.reportTextHint')}
        error={errors.fields['reportText']}
        value={value('reportText')}
        rows={3}
        maxLength={5000}
      />
      <TextAreaField
        name="note"
        label={t('reviews.form.note')}
        optionalText={t('reviews.form.optional')}
        hint={t('reviews.form.noteHint')}
        error={errors.fields['note']}
        value={value('note')}
        rows={2}
        maxLength={5000}
      />
      <OptionInput
        type="checkbox"
        id="isForMeeting"
        name="isForMeeting"
        option={{ value: 'true', label: t('reviews.form.flag'), hint: t('reviews.form.flagHint') }}
        isChecked={value('isForMeeting') === 'true'}
        isInvalid={false}
      />
    </>
  )
}

/** What was decided, where nothing can change any more. */
function Decided({ t, opened }: DeskProps) {
  const { judgement } = opened.question
  if (judgement === null) return <p>{t('reviews.form.nothing')}</p>
  const { reasonCode, reportText, note, isForMeeting } = judgement
  const rows = [
    { term: t('reviews.form.decision'), value: decisionText(t, opened.question, judgement) },
    ...(reasonCode === null ? [] : [{ term: t('reviews.form.reason'), value: t(`reviews.reason.${reasonCode}`) }]),
    ...(reportText === null ? [] : [{ term: t('reviews.form.reportText'), value: reportText }]),
    ...(note === null ? [] : [{ term: t('reviews.form.note'), value: note }]),
    ...(isForMeeting ? [{ term: t('reviews.form.flag'), value: t('reviews.form.flagged') }] : []),
  ]
  return <SummaryList rows={rows} />
}

function Locked(props: DeskProps) {
  const { t, opened } = props
  const { changing, question } = opened
  const reason =
    question.state === 'hidden' ? t('reviews.step.hidden') : changing.kind === 'locked' ? t(`reviews.step.${changing.reason}`) : ''
  return (
    <>
      <p>{reason}</p>
      {question.state !== 'hidden' && <Decided {...props} />}
    </>
  )
}

/** Why something is changed after closing. */
function GraceReason({ t, opened: { changing }, values, errors }: DeskProps) {
  if (changing.kind !== 'grace') return null
  return (
    <TextAreaField
      name="graceReason"
      label={t('reviews.form.graceReason')}
      hint={t('reviews.form.graceHint', { date: formatDateTime(t.language, changing.until) })}
      error={errors.fields['graceReason']}
      value={fieldOf(values, 'graceReason')}
      rows={2}
    />
  )
}

/** Where the script of the desk saves, where it goes on, and whether the server shows what was typed. */
function scriptData({ opened, errors }: DeskProps): Record<string, string | undefined> {
  const { question, questions, review, assignment } = opened
  const waiting = nextWaiting(questions, question.id)
  return {
    'data-desk': `${assignment.person.id}/${review.id}/${question.id}`,
    'data-desk-save': `/api/v1/reviews/${review.id}/judgements/${question.id}`,
    'data-desk-here': `${deskPath(review.id, question.id)}?notice=saved`,
    'data-desk-after': waiting === null ? donePath(review.id) : `${deskPath(review.id, waiting)}?notice=saved`,
    'data-desk-typed': Object.keys(errors.fields).length > 0 || errors.summary !== null ? 'true' : undefined,
  }
}

function JudgementForm(props: DeskProps) {
  const { t, opened } = props
  const { question, review } = opened
  const hidden = { version: question.judgement?.version ?? 0, answerVersion: answerVersionOf(question.answer), seconds: 0 }
  return (
    <form method="post" action={deskPath(review.id, question.id)} class="form desk-form" id="desk-form" {...scriptData(props)}>
      <div class="form desk-fields">
        <Stale {...props} />
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Fields {...props} />
        <GraceReason {...props} />
        <p class="desk-soft">{timeText(t, opened)}</p>
      </div>
      <div class="desk-actions">
        {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- screen readers announce role="status" more surely than output */}
        <p class="desk-status" role="status" data-desk-status />
        <FormActions>
          <Button name="after" value="next" id="save-next">
            {t('reviews.form.saveNext')}
          </Button>
          <Button kind="secondary" name="after" value="here" id="save-here">
            {t('reviews.form.save')}
          </Button>
        </FormActions>
      </div>
    </form>
  )
}

/** The expert's decision about the answer. */
export function DecisionForm(props: DeskProps) {
  const { t, opened } = props
  const { changing, question } = opened
  const isLocked = changing.kind === 'locked' || question.state === 'hidden'
  return (
    <section class="desk-pane desk-decision" id="decide" aria-labelledby="decide-title" tabIndex={-1}>
      <h2 id="decide-title">{t('reviews.form.title')}</h2>
      {question.state === 'outdated' && <p class="desk-outdated">{t('reviews.form.outdated')}</p>}
      {isLocked ? <Locked {...props} /> : <JudgementForm {...props} />}
    </section>
  )
}
