import type { FormErrors } from '../../../forms.ts'
import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import type { AnswerFields } from '../../assessments/answer.ts'
import type { Assessment } from '../../assessments/assessment.ts'
import { contextLine } from '../../assessments/pages/parts.tsx'
import { QuestionForm } from '../../assessments/pages/QuestionForm.tsx'
import type { QuestionView } from '../../assessments/question-view.ts'
import { FormProblems } from '../../cities/pages/FormProblems.tsx'

interface Props {
  t: Translator
  assessment: Assessment
  view: QuestionView
  draft: AnswerFields
  draftLanguage: string | null
  note: string
  formKey: string
  errors: FormErrors
  texts: Record<string, string>
}

/** The same form as for answering; what is sent is a suggestion, and the city's answer stays as it is. */
export function SuggestPage({ t, assessment, view, draft, draftLanguage, note, formKey, errors, texts }: Props) {
  const base = `/assessments/${assessment.id}`
  return (
    <>
      <Breadcrumbs
        label={t('assessments.breadcrumbs')}
        links={[
          { href: base, text: contextLine(assessment) },
          { href: `${base}/questions/${view.rules.id}`, text: t('assessments.question.number', { number: view.number }) },
        ]}
      />
      <FormProblems t={t} errors={errors} />
      <PageHeading context={contextLine(assessment)} title={t('partners.suggest.title')} lead={t('partners.suggest.lead')} />
      <QuestionForm
        view={view}
        draft={draft}
        version={0}
        draftLanguage={draftLanguage}
        texts={{ ...texts, save: t('partners.suggest.send') }}
        paths={{ save: '', form: `${base}/suggestions/new`, history: `${base}/questions` }}
        returnTo=""
        isReadOnly={false}
        hiddenBecause={null}
        status={
          <div class="question-foot-field">
            <input type="hidden" name="_key" value={formKey} />
            <TextField
              name="note"
              label={t('partners.suggest.note')}
              optionalText={t('guests.form.optional')}
              value={note}
              error={errors.fields.note}
            />
          </div>
        }
      />
    </>
  )
}
