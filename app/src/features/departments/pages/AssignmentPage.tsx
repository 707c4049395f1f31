import { fieldOf, type FormErrors, type FormValues } from '../../../forms.ts'
import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { CheckboxGroup } from '../../../ui/CheckboxGroup.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { InsetText } from '../../../ui/InsetText.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { SelectField } from '../../../ui/SelectField.tsx'
import { TextAreaField } from '../../../ui/TextAreaField.tsx'
import { type Assignment, assignedQuestions } from '../../assessments/assignment.ts'
import { contextLine } from '../../assessments/pages/parts.tsx'
import { type Instrument, questionsOf } from '../../instrument/instrument.ts'
import { FormProblems } from '../../cities/pages/FormProblems.tsx'
import { maximumNote, type OpenedAssignments } from '../assigning.ts'
import { whoKey } from '../responsible.ts'
import {
  assessmentCrumbs,
  assignmentsAddress,
  DueFields,
  numberedAreas,
  ResponsibleFields,
  targetText,
  whoOptions,
  whoText,
} from './parts.tsx'

interface Props extends OpenedAssignments {
  t: Translator
  assignment: Assignment
  /** Questions it covers, in the order of the questionnaire. */
  covered: readonly string[]
  values: FormValues
  errors: FormErrors
}

/** Most questions of one guest link. */
const mostGuestQuestions = 20

/** A link for somebody without an account to the questions that are theirs. */
export const guestLinkAddress = (assessmentId: string, questionIds: readonly string[], contactId: string): string =>
  `/assessments/${assessmentId}/guests/new?questions=${questionIds.slice(0, mostGuestQuestions).join(',')}&contact=${contactId}`

function Head({ t, assessment, errors, title, lead }: Props & { title: string; lead?: string }) {
  const back = [{ href: assignmentsAddress(assessment), text: t('departments.assignments.title') }]
  return (
    <>
      <Breadcrumbs label={t('assessments.breadcrumbs')} links={assessmentCrumbs(t, assessment, back)} />
      <FormProblems t={t} errors={errors} />
      <PageHeading context={contextLine(assessment)} title={title} lead={lead} />
    </>
  )
}

/** Asks who answers it; the words of a question stand below. */
export function assignmentTitle(t: Translator, whole: Instrument, assignment: Assignment): string {
  if (assignment.dimensionId !== null) return t('departments.assignment.area', { area: targetText(t, whole, assignment) })
  const number = questionsOf(whole).findIndex(({ id }) => id === assignment.questionId) + 1
  return t('departments.assignment.question', { number })
}

/** Changes one assignment, takes it back, or makes a guest link for it. */
export function AssignmentPage(props: Props & { range: { today: string; closesOn: string }; closedBecause: string | null }) {
  const { t, assessment, whole, assignment, workforce, values, errors, range, covered, closedBecause } = props
  const base = `${assignmentsAddress(assessment)}/${assignment.id}`
  const isArea = assignment.dimensionId !== null
  const lead = isArea ? t('departments.covers', { count: covered.length }) : targetText(t, whole, assignment)
  return (
    <>
      <Head {...props} title={assignmentTitle(t, whole, assignment)} lead={lead} />
      {closedBecause !== null && (
        <InsetText>
          <p>
            {whoText(assignment)}. {closedBecause}
          </p>
        </InsetText>
      )}
      {closedBecause === null && (
        <form class="form" method="post" action={base} novalidate>
          <input type="hidden" name="version" value={assignment.version} />
          <ResponsibleFields t={t} workforce={workforce} values={values} errors={errors} />
          <DueFields t={t} values={values} errors={errors} range={range} />
          <FormActions>
            <Button>{t('departments.update.button')}</Button>
            <ButtonLink kind="quiet" href={assignmentsAddress(assessment)}>
              {t('cities.form.cancel')}
            </ButtonLink>
          </FormActions>
        </form>
      )}
      {closedBecause === null && <GuestLink {...props} />}
      {closedBecause === null && (
        <section class="section">
          <h2>{t('departments.withdraw.title')}</h2>
          <p>{t('departments.withdraw.text')}</p>
          <form method="post" action={`${base}/withdraw`}>
            <input type="hidden" name="version" value={assignment.version} />
            <Button kind="secondary">{t('departments.withdraw.button')}</Button>
          </form>
        </section>
      )}
    </>
  )
}

/** Somebody without an account answers by a link. */
function GuestLink({ t, assessment, whole, assignment, assignments }: Props) {
  const { contact } = assignment
  if (contact === null) return null
  const theirs = [...assignedQuestions(whole, assignments)].flatMap(([id, each]) => (each.contact?.id === contact.id ? [id] : []))
  const href = guestLinkAddress(assessment.id, theirs, contact.id)
  return (
    <section class="section">
      <h2>{t('departments.guest.title', { name: contact.name })}</h2>
      <p>
        {t(theirs.length > mostGuestQuestions ? 'departments.guest.textMany' : 'departments.guest.text', {
          count: theirs.length,
          most: mostGuestQuestions,
        })}
      </p>
      <ButtonLink kind="secondary" href={href}>
        {t('departments.guest.link')}
      </ButtonLink>
    </section>
  )
}

/** Hands on what is one's own: whole, or some of its questions. */
export function HandOnPage(props: Props & { personId: string }) {
  const { t, assessment, whole, assignment, workforce, values, errors, covered, personId } = props
  const area = numberedAreas(t, whole, whole).find(({ id }) => id === assignment.dimensionId)
  const options = whoOptions(t, workforce, { departments: false, without: whoKey({ kind: 'person', id: personId }) })
  return (
    <>
      <Head
        {...props}
        title={t('departments.handOn.title', { what: targetText(t, whole, assignment) })}
        lead={t('departments.handOn.lead')}
      />
      {options.length === 0 ? (
        <p>{t('departments.handOn.nobody')}</p>
      ) : (
        <form class="form" method="post" action={`${assignmentsAddress(assessment)}/${assignment.id}/hand-on`} novalidate>
          <input type="hidden" name="version" value={assignment.version} />
          <SelectField
            name="to"
            label={t('departments.handOn.to')}
            hint={t('departments.handOn.toHint')}
            options={[{ value: '', label: t('departments.who.choose') }, ...options]}
            value={fieldOf(values, 'to')}
            error={errors.fields.to}
          />
          {area && covered.length > 1 && (
            <CheckboxGroup
              name="questions"
              label={t('departments.handOn.which')}
              hint={t('departments.handOn.whichHint')}
              error={errors.fields.questions}
              values={[values.questions ?? []].flat()}
              options={area.questions
                .filter(({ id }) => covered.includes(id))
                .map(({ id, number, text }) => ({ value: id, label: t('departments.question', { number, question: text }) }))}
            />
          )}
          <TextAreaField
            name="note"
            label={t('departments.handOn.note')}
            optionalText={t('departments.optional')}
            hint={t('departments.handOn.noteHint')}
            rows={2}
            maxLength={maximumNote}
            value={fieldOf(values, 'note')}
            error={errors.fields.note}
          />
          <FormActions>
            <Button>{t('departments.handOn.button')}</Button>
            <ButtonLink kind="quiet" href={assignmentsAddress(assessment)}>
              {t('cities.form.cancel')}
            </ButtonLink>
          </FormActions>
        </form>
      )}
    </>
  )
}
