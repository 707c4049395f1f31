import type { EvidenceSettings } from '../../../config.ts'
import { fieldOf, type FormErrors, type FormValues } from '../../../forms.ts'
import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { InsetText } from '../../../ui/InsetText.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { TextAreaField } from '../../../ui/TextAreaField.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { FormProblems } from '../../cities/pages/FormProblems.tsx'
import type { CitedEvidence } from '../../evidence/citation-queries.ts'
import { maximumQuotation, maximumUrl } from '../../evidence/evidence.ts'
import { authorText, formatText } from '../../evidence/pages/parts.tsx'
import { FileField } from '../../evidence/pages/UploadForm.tsx'
import { textOf } from '../../instrument/instrument.ts'
import { isOwn } from '../evidence.ts'
import type { GuestVisit } from '../visit.ts'

export interface GuestEvidencePageProps {
  t: Translator
  visit: GuestVisit
  questionId: string
  cited: readonly CitedEvidence[]
  settings: EvidenceSettings
  values: FormValues
  errors: FormErrors
  /** Why nothing can be added, in words; null = it can. */
  readOnly: string | null
  done: 'cited' | 'taken-back' | null
}

export const guestEvidencePath = (questionId: string): string => `/guest/questions/${questionId}/evidence`

/** What proves one answer, for a guest with a phone: the list, and one form. */
export function GuestEvidencePage(props: GuestEvidencePageProps) {
  const { t, visit, questionId, cited, errors, readOnly, done } = props
  const text = textOf(visit.instrument, t.language)
  const question = text.questions[questionId]!.question
  const { evidence } = visit.questions.find(({ id }) => id === questionId)!
  return (
    <>
      <Breadcrumbs
        label={t('assessments.breadcrumbs')}
        links={[
          { href: '/guest', text: t('guests.visit.list') },
          { href: `/guest/questions/${questionId}`, text: question },
        ]}
      />
      {done !== null && (
        <div class="page-notice">
          <Notice kind="success" title={t(`guests.evidence.${done}`)} isAnnounced />
        </div>
      )}
      <FormProblems t={t} errors={errors} />
      <PageHeading context={question} title={t('guests.evidence.title')} lead={text.evidence[evidence]} />
      <section class="section" aria-labelledby="cited-title">
        <h2 id="cited-title">{t('guests.evidence.list', { count: cited.length })}</h2>
        <ul class="citation-list">
          {cited.map((each) => (
            <Citation key={each.citation.id} {...props} each={each} />
          ))}
        </ul>
      </section>
      {readOnly === null ? <AddForm {...props} /> : <Notice kind="information" title={readOnly} />}
      <p class="section">
        <ButtonLink kind="secondary" href={`/guest/questions/${questionId}`}>
          {t('guests.evidence.back')}
        </ButtonLink>
      </p>
    </>
  )
}

/** One citation; the guest takes back what is theirs. */
function Citation({ t, visit, questionId, readOnly, each }: GuestEvidencePageProps & { each: CitedEvidence }) {
  const { citation, evidence } = each
  return (
    <li class="citation">
      <p class="citation-title">{evidence.title}</p>
      <p class="citation-meta">
        {[
          formatText(t, evidence),
          ...(citation.page === null ? [] : [t('evidence.page', { page: citation.page })]),
          isOwn(visit, each) ? t('guests.evidence.own') : authorText(t, citation.author),
        ].join(' · ')}
      </p>
      {citation.quotation !== null && <InsetText lang={evidence.language ?? undefined}>{citation.quotation}</InsetText>}
      {readOnly === null && isOwn(visit, each) && (
        <form method="post" action={`${guestEvidencePath(questionId)}/${citation.id}/take-back`}>
          <Button kind="quiet" hiddenSuffix={` (${evidence.title})`}>
            {t('guests.evidence.takeBack')}
          </Button>
        </form>
      )}
    </li>
  )
}

/** A file or an address, and where the answer stands in it. */
function AddForm({ t, visit, questionId, settings, values, errors }: GuestEvidencePageProps) {
  const optional = t('evidence.form.optional')
  return (
    <section class="section" aria-labelledby="add-title">
      <h2 id="add-title">{t('guests.evidence.add')}</h2>
      <form class="form" method="post" action={guestEvidencePath(questionId)} encType="multipart/form-data" novalidate>
        <FileField t={t} settings={settings} slug={visit.assessment.city.slug} isMultiple={false} error={errors.fields.files} />
        <TextField
          name="url"
          type="url"
          label={t('guests.evidence.url')}
          hint={t('guests.evidence.urlHint')}
          inputMode="url"
          autoComplete="off"
          value={fieldOf(values, 'url').slice(0, maximumUrl)}
          error={errors.fields.url}
        />
        <TextField
          name="page"
          label={t('guests.evidence.page')}
          hint={t('guests.evidence.pageHint')}
          optionalText={optional}
          width="short"
          inputMode="numeric"
          autoComplete="off"
          value={fieldOf(values, 'page')}
          error={errors.fields.page}
        />
        <TextAreaField
          name="quotation"
          label={t('guests.evidence.quotation')}
          hint={t('guests.evidence.quotationHint')}
          optionalText={optional}
          rows={3}
          maxLength={maximumQuotation}
          value={fieldOf(values, 'quotation')}
          error={errors.fields.quotation}
        />
        <FormActions>
          <Button>{t('guests.evidence.submit')}</Button>
        </FormActions>
        <p class="small">{t('guests.evidence.privacy', { city: visit.assessment.city.name })}</p>
      </form>
    </section>
  )
}
