import type { EvidenceSettings } from '../../../config.ts'
import { fieldOf, type FormErrors, type FormValues, noErrors } from '../../../forms.ts'
import type { Translator } from '../../../text/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { DateField } from '../../../ui/DateField.tsx'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { RadioGroup } from '../../../ui/RadioGroup.tsx'
import { SearchForm } from '../../../ui/SearchForm.tsx'
import { TextAreaField } from '../../../ui/TextAreaField.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import type { QuestionWithEvidence } from '../citation-usecases.ts'
import { type Evidence, maximumNote, maximumQuotation } from '../evidence.ts'
import { EvidenceTitle, formatText, libraryPath, questionEvidencePath } from './parts.tsx'
import { FileField } from './UploadForm.tsx'

// The two ways to prove an answer: upload something, or choose from the library.

export interface Question {
  t: Translator
  opened: QuestionWithEvidence
}

export interface QuestionEvidencePageProps extends Question {
  /** Entries of the library to choose from, and what was searched. */
  choices: readonly Evidence[]
  search: string
  settings: EvidenceSettings
  values: FormValues
  errors: FormErrors
  /** Why nothing can be added, in words; null = it can. */
  refusal: string | null
  done: 'cited' | 'changed' | 'taken-back' | null
  formKey: string
  now: Date
}

/** Where the forms of a question are sent. */
export const action = ({ opened }: Question): string => questionEvidencePath(opened.assessment.id, opened.question.id)

/** The errors with the ids that their fields have in the form that was sent. */
export function atTheirForm({ fields, summary }: FormErrors, values: FormValues): FormErrors {
  const prefix = fieldOf(values, 'form') === 'library' ? 'library-' : 'new-'
  const isPlace = (name: string) => name !== 'files' && name !== 'evidenceId'
  return { summary, fields: Object.fromEntries(Object.entries(fields).map(([name, text]) => [isPlace(name) ? prefix + name : name, text])) }
}

interface FieldsProps {
  t: Translator
  /** Before the ids of the fields: two forms stand on one page. */
  prefix: string
  values: FormValues
  errors: FormErrors
}

/** Page, quotation, until when it counts. */
export function PlaceFields({ t, prefix, values, errors }: FieldsProps) {
  const optional = t('evidence.form.optional')
  return (
    <>
      <TextField
        name="page"
        id={`${prefix}page`}
        label={t('evidence.cite.page')}
        optionalText={optional}
        width="short"
        inputMode="numeric"
        autoComplete="off"
        value={fieldOf(values, 'page')}
        error={errors.fields.page}
      />
      <TextAreaField
        name="quotation"
        id={`${prefix}quotation`}
        label={t('evidence.cite.quotation')}
        hint={t('evidence.cite.quotationHint')}
        optionalText={optional}
        rows={3}
        maxLength={maximumQuotation}
        value={fieldOf(values, 'quotation')}
        error={errors.fields.quotation}
      />
      <DateField
        name="validUntil"
        id={`${prefix}validUntil`}
        label={t('evidence.cite.validUntil')}
        hint={t('evidence.cite.validUntilHint')}
        optionalText={optional}
        value={fieldOf(values, 'validUntil')}
        error={errors.fields.validUntil}
      />
      <TextField
        name="note"
        id={`${prefix}note`}
        label={t('evidence.cite.note')}
        optionalText={optional}
        value={fieldOf(values, 'note').slice(0, maximumNote)}
        error={errors.fields.note}
      />
    </>
  )
}

/** Which of the two forms was sent. */
const valuesOf = (values: FormValues, form: string): FormValues => (fieldOf(values, 'form') === form ? values : {})

/** Uploads a document and cites it, in one step. */
export function NewDocument(props: QuestionEvidencePageProps) {
  const { t, opened, settings, errors, formKey, search } = props
  const values = valuesOf(props.values, 'new')
  const uploaded = props.choices.find(({ id }) => id === fieldOf(values, 'evidenceId')) // before the form was sent and refused
  const own = fieldOf(props.values, 'form') === 'new' ? errors : noErrors
  const isOpen = own !== noErrors || (opened.cited.length === 0 && search === '' && fieldOf(props.values, 'form') !== 'library')
  return (
    <Disclosure summary={<h2 class="citation-add">{t('evidence.cite.newTitle')}</h2>} isOpen={isOpen} id="new-document">
      <form class="form" method="post" action={action(props)} encType="multipart/form-data" novalidate>
        <input type="hidden" name="_key" value={formKey} />
        <input type="hidden" name="form" value="new" />
        {uploaded !== undefined && (
          <p>
            <input type="hidden" name="evidenceId" value={uploaded.id} />
            {t('evidence.cite.uploaded', { title: uploaded.title })}
          </p>
        )}
        <FileField t={t} settings={settings} slug={opened.assessment.city.slug} isMultiple={false} error={own.fields.files} />
        <PlaceFields t={t} prefix="new-" values={values} errors={own} />
        <FormActions>
          <Button>{t('evidence.cite.newSubmit')}</Button>
        </FormActions>
      </form>
    </Disclosure>
  )
}

/** Cites a document that is there already. */
export function FromLibrary(props: QuestionEvidencePageProps) {
  const { t, opened, choices, search, errors, formKey } = props
  const { slug } = opened.assessment.city
  const isOwn = fieldOf(props.values, 'form') === 'library'
  const options = choices.map((entry) => ({
    value: entry.id,
    label: <EvidenceTitle evidence={entry} />,
    hint: [formatText(t, entry), t(`evidence.kind.${entry.kind}`), t('evidence.uses', { count: entry.uses })].join(' · '),
  }))
  return (
    <Disclosure summary={<h2 class="citation-add">{t('evidence.cite.libraryTitle')}</h2>} isOpen={search !== '' || isOwn} id="from-library">
      <SearchForm
        action={`${action(props)}#from-library`}
        label={t('evidence.filter.search')}
        buttonText={t('evidence.cite.search')}
        value={search}
      />
      {options.length === 0 ? (
        <p>{t(search === '' ? 'evidence.cite.libraryEmpty' : 'evidence.library.nothing')}</p>
      ) : (
        <form class="form" method="post" action={action(props)} novalidate>
          <input type="hidden" name="_key" value={`${formKey}-l`} />
          <input type="hidden" name="form" value="library" />
          <input type="hidden" name="q" value={search} />
          <RadioGroup
            name="evidenceId"
            label={t('evidence.cite.choose')}
            options={options}
            value={fieldOf(props.values, 'evidenceId')}
            error={isOwn ? errors.fields.evidenceId : undefined}
          />
          <PlaceFields t={t} prefix="library-" values={valuesOf(props.values, 'library')} errors={isOwn ? errors : noErrors} />
          <FormActions>
            <Button kind="secondary">{t('evidence.cite.librarySubmit')}</Button>
          </FormActions>
        </form>
      )}
      <p>
        <a href={libraryPath(slug)}>{t('evidence.cite.library')}</a>
      </p>
    </Disclosure>
  )
}
