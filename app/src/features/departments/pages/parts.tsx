import { formatDate, type Translator } from '../../../text/text.ts'
import { DateField } from '../../../ui/DateField.tsx'
import { SelectField, type SelectOption } from '../../../ui/SelectField.tsx'
import { TextAreaField } from '../../../ui/TextAreaField.tsx'
import { fieldOf, type FormErrors, type FormValues } from '../../../forms.ts'
import { type Assessment, questionsOfDimension } from '../../assessments/assessment.ts'
import type { Assignment } from '../../assessments/assignment.ts'
import { contextLine } from '../../assessments/pages/parts.tsx'
import { type Instrument, questionsOf, textOf } from '../../instrument/instrument.ts'
import { maximumNote } from '../assigning.ts'
import { canAnswerQuestions, departmentsOf, type Workforce } from '../department.ts'
import { noonOf } from '../due.ts'
import { responsibleNames, whoKey } from '../responsible.ts'

/** A day of the calendar, written out. */
export const dayText = (t: Translator, day: string): string => formatDate(t.language, noonOf(day))

/** Names of those responsible, on one line. */
export const whoText = (each: Pick<Assignment, 'department' | 'person' | 'contact'>): string => responsibleNames(each).join(', ')

export const assignmentsAddress = ({ id }: Pick<Assessment, 'id'>): string => `/assessments/${id}/assignments`

/** The way to the pages of an assessment's work. */
export function assessmentCrumbs(t: Translator, assessment: Assessment, further: readonly { href: string; text: string }[] = []) {
  return [{ href: '/home', text: t('app.nav.home') }, { href: `/assessments/${assessment.id}`, text: contextLine(assessment) }, ...further]
}

/** What is assigned, in words: the area, or number and words of the question. */
export function targetText(
  t: Translator,
  instrument: Instrument,
  { dimensionId, questionId }: Pick<Assignment, 'dimensionId' | 'questionId'>,
): string {
  const text = textOf(instrument, t.language)
  if (dimensionId !== null) return text.dimensions[dimensionId]?.name ?? dimensionId
  const number = questionsOf(instrument).findIndex(({ id }) => id === questionId) + 1
  return t('departments.question', { number, question: text.questions[questionId!]?.question ?? questionId! })
}

const personLabel = (workforce: Workforce, id: string, name: string): string =>
  [name, ...departmentsOf(workforce, id).map((department) => department.name)].join(', ')

const contactLabel = ({ departments }: Workforce, { name, post, departmentId }: Workforce['contacts'][number]): string =>
  [name, post, departments.find(({ id }) => id === departmentId)?.name].filter(Boolean).join(', ')

/** Everybody who can be responsible, as options of one select; people with their departments. */
export function whoOptions(
  t: Translator,
  workforce: Workforce,
  { without, departments = true }: { without?: string; departments?: boolean } = {},
): SelectOption[] {
  const options = [
    ...(departments ? workforce.departments : []).map(({ id, name }) => ({
      value: whoKey({ kind: 'department', id }),
      label: name,
      group: t('departments.who.departments'),
    })),
    ...workforce.colleagues.filter(canAnswerQuestions).map(({ id, name }) => ({
      value: whoKey({ kind: 'person', id }),
      label: personLabel(workforce, id, name),
      group: t('departments.who.people'),
    })),
    ...workforce.contacts.map((contact) => ({
      value: whoKey({ kind: 'contact', id: contact.id }),
      label: contactLabel(workforce, contact),
      group: t('departments.who.contacts'),
    })),
  ]
  return options.filter(({ value }) => value !== without)
}

interface FieldsProps {
  t: Translator
  workforce: Workforce
  values: FormValues
  errors: FormErrors
}

/** Department, person and somebody without an account: any of them, also together. */
export function ResponsibleFields({ t, workforce, values, errors }: FieldsProps) {
  const none = { value: '', label: t('departments.who.none') }
  const { departments, colleagues, contacts } = workforce
  return (
    <>
      <SelectField
        name="departmentId"
        label={t('departments.who.department')}
        hint={t('departments.who.departmentHint')}
        options={[none, ...departments.map(({ id, name }) => ({ value: id, label: name }))]}
        width="full"
        value={fieldOf(values, 'departmentId')}
        error={errors.fields.departmentId}
      />
      <SelectField
        name="personId"
        label={t('departments.who.person')}
        hint={t('departments.who.personHint')}
        options={[
          none,
          ...colleagues.filter(canAnswerQuestions).map(({ id, name }) => ({ value: id, label: personLabel(workforce, id, name) })),
        ]}
        width="full"
        value={fieldOf(values, 'personId')}
        error={errors.fields.personId}
      />
      {contacts.length > 0 && (
        <SelectField
          name="contactId"
          label={t('departments.who.contact')}
          hint={t('departments.who.contactHint')}
          options={[none, ...contacts.map((contact) => ({ value: contact.id, label: contactLabel(workforce, contact) }))]}
          width="full"
          value={fieldOf(values, 'contactId')}
          error={errors.fields.contactId}
        />
      )}
    </>
  )
}

/** Until when, and a sentence for whoever answers. */
export function DueFields({ t, values, errors, range }: Omit<FieldsProps, 'workforce'> & { range: { today: string; closesOn: string } }) {
  return (
    <>
      <DateField
        name="dueOn"
        label={t('departments.due.label')}
        optionalText={t('departments.optional')}
        hint={t('departments.due.hint', { day: dayText(t, range.closesOn) })}
        value={fieldOf(values, 'dueOn')}
        error={errors.fields.dueOn}
      />
      <TextAreaField
        name="note"
        label={t('departments.note.label')}
        optionalText={t('departments.optional')}
        hint={t('departments.note.hint')}
        rows={2}
        maxLength={maximumNote}
        value={fieldOf(values, 'note')}
        error={errors.fields.note}
      />
    </>
  )
}

/** Areas with their questions, numbered as in the whole questionnaire. */
export function numberedAreas(t: Translator, instrument: Instrument, whole: Instrument) {
  const text = textOf(whole, t.language)
  const numbers = new Map(questionsOf(whole).map(({ id }, i) => [id, i + 1]))
  return instrument.dimensions.map((dimension) => ({
    id: dimension.id,
    name: text.dimensions[dimension.id]!.name,
    questions: questionsOfDimension(dimension).map(({ id }) => ({ id, number: numbers.get(id)!, text: text.questions[id]!.question })),
  }))
}
