import { fieldOf, type FormErrors, type FormValues } from '../../../forms.ts'
import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { CheckboxGroup } from '../../../ui/CheckboxGroup.tsx'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { InsetText } from '../../../ui/InsetText.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { SelectField } from '../../../ui/SelectField.tsx'
import { assignedQuestions } from '../../assessments/assignment.ts'
import { contextLine } from '../../assessments/pages/parts.tsx'
import { FormProblems } from '../../cities/pages/FormProblems.tsx'
import type { OpenedAssignments } from '../assigning.ts'
import {
  assessmentCrumbs,
  assignmentsAddress,
  dayText,
  DueFields,
  numberedAreas,
  ResponsibleFields,
  whoOptions,
  whoText,
} from './parts.tsx'

interface Props extends OpenedAssignments {
  t: Translator
  values: FormValues
  errors: FormErrors
  range: { today: string; closesOn: string }
  newKey: () => string
}

/** Value of a select that changes nothing. */
export const keepAsItIs = 'keep'

function Head({ t, assessment, errors, title, lead }: Props & { title: string; lead: string }) {
  const back = [{ href: assignmentsAddress(assessment), text: t('departments.assignments.title') }]
  return (
    <>
      <Breadcrumbs label={t('assessments.breadcrumbs')} links={assessmentCrumbs(t, assessment, back)} />
      <FormProblems t={t} errors={errors} />
      <PageHeading context={contextLine(assessment)} title={title} lead={lead} />
    </>
  )
}

/** Every area with one select: the whole questionnaire is handed out in one go. */
export function HandOutPage(props: Props) {
  const { t, assessment, instrument, whole, assignments, workforce, values, errors, range, newKey } = props
  const base = assignmentsAddress(assessment)
  const options = whoOptions(t, workforce)
  return (
    <>
      <Head {...props} title={t('departments.handOut.title')} lead={t('departments.handOut.lead')} />
      {workforce.departments.length === 0 && (
        <InsetText>
          <p>
            {t('departments.handOut.noDepartments')}{' '}
            <a href={`/cities/${assessment.city.slug}/departments`}>{t('departments.handOut.addDepartments')}</a>
          </p>
        </InsetText>
      )}
      <form class="form" method="post" action={`${base}/areas`} novalidate>
        <input type="hidden" name="_key" value={newKey()} />
        {numberedAreas(t, instrument, whole).map(({ id, name, questions }) => {
          const present = assignments.find(({ dimensionId }) => dimensionId === id)
          const first = present
            ? { value: keepAsItIs, label: t('departments.handOut.keep', { who: whoText(present) }) }
            : { value: '', label: t('departments.handOut.nobodyYet') }
          const hint = present?.dueOn ? t('departments.until', { day: dayText(t, present.dueOn) }) : undefined
          return (
            <div key={id} id={`area-${id}`}>
              <input type="hidden" name={`seen-${id}`} value={present?.version ?? 0} />
              <SelectField
                name={`who-${id}`}
                label={name}
                optionalText={t('departments.handOut.size', { count: questions.length })}
                hint={hint}
                options={[first, ...options]}
                value={fieldOf(values, `who-${id}`) || first.value}
                width="full"
                error={errors.fields[`who-${id}`]}
              />
            </div>
          )
        })}
        <DueFields t={t} values={values} errors={errors} range={range} />
        <FormActions>
          <Button>{t('departments.handOut.button')}</Button>
          <ButtonLink kind="quiet" href={base}>
            {t('cities.form.cancel')}
          </ButtonLink>
        </FormActions>
      </form>
    </>
  )
}

/** Single questions are ticked, then somebody is chosen for all of them. */
export function ChooseQuestionsPage(props: Props & { openArea: string | null }) {
  const { t, assessment, instrument, whole, assignments, workforce, values, errors, range, openArea, newKey } = props
  const base = assignmentsAddress(assessment)
  const ticked = [values.questions ?? []].flat()
  const assigned = assignedQuestions(whole, assignments)
  const valueOf = (id: string) => `${id}:${assignments.find(({ questionId }) => questionId === id)?.version ?? 0}`
  const areas = numberedAreas(t, instrument, whole).map((area) => ({
    ...area,
    options: area.questions.map(({ id, number, text }) => {
      const present = assigned.get(id)
      const hint = present
        ? t(present.questionId ? 'departments.answeredBy' : 'departments.choose.withArea', { who: whoText(present) })
        : t('departments.nobody')
      return { value: valueOf(id), label: t('departments.question', { number, question: text }), hint }
    }),
  }))
  return (
    <>
      <Head {...props} title={t('departments.choose.title')} lead={t('departments.choose.lead')} />
      <form class="form" method="post" action={`${base}/new`} novalidate>
        <input type="hidden" name="_key" value={newKey()} />
        <div id="questions" class="stack">
          {errors.fields.questions !== undefined && <p class="field-error">{errors.fields.questions}</p>}
          {areas.map(({ id, name, options }) => {
            const count = options.filter(({ value }) => ticked.includes(value)).length
            return (
              <Disclosure
                key={id}
                id={`area-${id}`}
                isOpen={openArea === id || count > 0}
                summary={count > 0 ? t('departments.choose.areaTicked', { area: name, count }) : name}
              >
                <CheckboxGroup
                  name="questions"
                  id={`questions-${id}`}
                  label={<span class="visually-hidden">{name}</span>}
                  options={options}
                  values={ticked}
                />
              </Disclosure>
            )
          })}
        </div>
        <h2>{t('departments.choose.who')}</h2>
        <ResponsibleFields t={t} workforce={workforce} values={values} errors={errors} />
        <DueFields t={t} values={values} errors={errors} range={range} />
        <FormActions>
          <Button>{t('departments.choose.button')}</Button>
          <ButtonLink kind="quiet" href={base}>
            {t('cities.form.cancel')}
          </ButtonLink>
        </FormActions>
      </form>
    </>
  )
}
