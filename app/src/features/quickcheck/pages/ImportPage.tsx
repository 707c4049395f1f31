import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx'
import { FileField } from '../../../ui/FileField.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { StatusLine } from '../../../ui/StatusLine.tsx'
import type { Assessment } from '../../assessments/assessment.ts'
import { contextLine } from '../../assessments/pages/parts.tsx'

/** Props of ImportPage. */
export interface ImportPageProps {
  t: Translator
  assessment: Assessment
  /** Why nothing can be saved; null = it can. */
  readOnly: string | null
  error: { title: string; text: string } | null
  /** How many answers were just taken over. */
  saved: number | null
}

export function ImportCrumbs({ t, assessment, isPreview = false }: Pick<ImportPageProps, 't' | 'assessment'> & { isPreview?: boolean }) {
  const base = `/assessments/${assessment.id}`
  return (
    <Breadcrumbs
      label={t('quickcheck.import.crumbs')}
      links={[
        { href: '/home', text: t('app.nav.home') },
        { href: base, text: contextLine(assessment) },
        ...(isPreview ? [{ href: `${base}/import`, text: t('quickcheck.import.title') }] : []),
      ]}
    />
  )
}

/** Chooses the file of a quick check for an assessment. */
export function ImportPage({ t, assessment, readOnly, error, saved }: ImportPageProps) {
  const base = `/assessments/${assessment.id}`
  return (
    <>
      <ImportCrumbs t={t} assessment={assessment} />
      {error !== null && <ErrorSummary title={error.title} errors={[{ fieldId: 'file', text: error.text }]} />}
      <PageHeading context={contextLine(assessment)} title={t('quickcheck.import.title')} lead={t('quickcheck.import.lead')} />
      {saved !== null && (
        <div class="page-notice">
          <Notice kind="success" title={t('quickcheck.import.done', { count: saved })} isAnnounced>
            <p>
              {t('quickcheck.import.doneText')} <a href={base}>{t('quickcheck.import.doneLink')}</a>
            </p>
          </Notice>
        </div>
      )}
      {readOnly !== null ? (
        <StatusLine state="read-only" text={t('assessments.form.status.read-only', { message: readOnly })} />
      ) : (
        <form class="form" method="post" action={`${base}/import`} enctype="multipart/form-data" novalidate>
          <FileField
            name="file"
            label={t('quickcheck.import.file')}
            hint={t('quickcheck.import.fileHint')}
            accept=".json,application/json"
            error={error?.text}
          />
          <FormActions>
            <Button>{t('quickcheck.import.check')}</Button>
          </FormActions>
        </form>
      )}
      <p class="section">
        {t('quickcheck.import.none')} <a href="/quick-check">{t('quickcheck.link')}</a>
      </p>
    </>
  )
}
