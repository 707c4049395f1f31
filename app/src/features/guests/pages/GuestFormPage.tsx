import { fieldOf, type FormErrors, type FormValues } from '../../../forms.ts'
import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { CheckboxGroup } from '../../../ui/CheckboxGroup.tsx'
import { DateField } from '../../../ui/DateField.tsx'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { TextAreaField } from '../../../ui/TextAreaField.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { mayWrite } from '../../assessments/assignment.ts'
import { questionsOfDimension } from '../../assessments/assessment.ts'
import { contextLine } from '../../assessments/pages/parts.tsx'
import { FormProblems } from '../../cities/pages/FormProblems.tsx'
import { questionNumbers, textOf } from '../../instrument/instrument.ts'
import type { OpenedGuests } from '../usecases.ts'

interface Props extends OpenedGuests {
  t: Translator
  values: FormValues
  errors: FormErrors
}

/** The questions that can be handed on, by area; areas with a chosen one are open. */
function Questions({ t, instrument, reach, values }: Props) {
  const text = textOf(instrument, t.language)
  const numbers = questionNumbers(instrument)
  const chosen = [values.question ?? []].flat()
  return (
    <>
      {instrument.dimensions.map((dimension) => {
        const questions = questionsOfDimension(dimension).filter(({ id }) => mayWrite(reach, id))
        if (questions.length === 0) return null
        const own = questions.filter(({ id }) => chosen.includes(id)).length
        const name = text.dimensions[dimension.id]!.name
        return (
          <Disclosure
            key={dimension.id}
            summary={own === 0 ? name : t('guests.form.chosenIn', { area: name, count: own })}
            isOpen={own > 0}
          >
            <CheckboxGroup
              name="question"
              id={`questions-${dimension.id}`}
              label={name}
              options={questions.map(({ id }) => ({ value: id, label: `${numbers.get(id)} ${text.questions[id]!.question}` }))}
              values={chosen}
            />
          </Disclosure>
        )
      })}
    </>
  )
}

/** Makes a link: which questions, for whom, until when. */
export function GuestFormPage(props: Props) {
  const { t, assessment, values, errors } = props
  const base = `/assessments/${assessment.id}/guests`
  return (
    <>
      <Breadcrumbs
        label={t('assessments.breadcrumbs')}
        links={[
          { href: `/assessments/${assessment.id}`, text: contextLine(assessment) },
          { href: base, text: t('guests.list.title') },
        ]}
      />
      <FormProblems t={t} errors={errors} />
      <PageHeading context={contextLine(assessment)} title={t('guests.form.title')} lead={t('guests.form.lead')} />
      <form class="form" method="post" action={`${base}/new`} novalidate>
        <input type="hidden" name="_key" value={fieldOf(values, '_key')} />
        <TextField
          name="name"
          label={t('guests.form.name')}
          hint={t('guests.form.nameHint')}
          value={fieldOf(values, 'name')}
          autoComplete="off"
          error={errors.fields.name}
        />
        <TextField
          name="email"
          type="email"
          label={t('guests.form.email')}
          optionalText={t('guests.form.optional')}
          hint={t('guests.form.emailHint')}
          value={fieldOf(values, 'email')}
          autoComplete="off"
          error={errors.fields.email}
        />
        <TextAreaField
          name="note"
          label={t('guests.form.note')}
          optionalText={t('guests.form.optional')}
          hint={t('guests.form.noteHint')}
          rows={3}
          value={fieldOf(values, 'note')}
          error={errors.fields.note}
        />
        <DateField
          name="until"
          label={t('guests.form.until')}
          hint={t('guests.form.untilHint')}
          value={fieldOf(values, 'until')}
          error={errors.fields.until}
        />
        <h2 id="question">{t('guests.form.questions')}</h2>
        <p>{t('guests.form.questionsHint')}</p>
        {errors.fields.question && <p class="field-error">{errors.fields.question}</p>}
        <Questions {...props} />
        <FormActions>
          <Button>{t('guests.form.make')}</Button>
          <ButtonLink kind="quiet" href={base}>
            {t('guests.form.cancel')}
          </ButtonLink>
        </FormActions>
      </form>
    </>
  )
}
