import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { CheckboxGroup } from '../../../ui/CheckboxGroup.tsx'
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx'
import { FileField } from '../../../ui/FileField.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { SelectField } from '../../../ui/SelectField.tsx'
import { StatusLine } from '../../../ui/StatusLine.tsx'
import { type Assessment, questionsOfDimension } from '../../assessments/assessment.ts'
import { contextLine } from '../../assessments/pages/parts.tsx'
import { questionsOf, textOf } from '../../instrument/instrument.ts'
import type { OpenedSpreadsheet } from '../exporting.ts'
import { acceptedFiles } from '../files.ts'

/** Props of SpreadsheetPage. */
export interface SpreadsheetPageProps {
  t: Translator
  opened: OpenedSpreadsheet
  /** Why nothing can be saved; null = it can. */
  readOnly: string | null
  /** Why the file cannot be looked at. */
  error?: string
  /** How many answers were just taken over; null = nothing was brought. */
  saved: number | null
}

export const spreadsheetAddress = ({ id }: Pick<Assessment, 'id'>): string => `/assessments/${id}/spreadsheet`

/** Where the reader is. */
export function SpreadsheetCrumbs({ t, assessment, isPreview = false }: { t: Translator; assessment: Assessment; isPreview?: boolean }) {
  return (
    <Breadcrumbs
      label={t('assessments.breadcrumbs')}
      links={[
        { href: '/home', text: t('app.nav.home') },
        { href: `/assessments/${assessment.id}`, text: contextLine(assessment) },
        ...(isPreview ? [{ href: spreadsheetAddress(assessment), text: t('spreadsheets.page.title') }] : []),
      ]}
    />
  )
}

/** Takes the questionnaire along as a file, and brings it back. */
export function SpreadsheetPage(props: SpreadsheetPageProps) {
  const { t, opened, error, saved } = props
  const { assessment } = opened
  return (
    <>
      <SpreadsheetCrumbs t={t} assessment={assessment} />
      {error !== undefined && <ErrorSummary title={t('spreadsheets.page.problem')} errors={[{ fieldId: 'file', text: error }]} />}
      {saved !== null && (
        <div class="page-notice">
          <Notice kind="success" title={t('spreadsheets.page.saved', { count: saved })} isAnnounced>
            <p>
              {t('spreadsheets.page.savedText')} <a href={`/assessments/${assessment.id}`}>{t('spreadsheets.page.savedLink')}</a>
            </p>
          </Notice>
        </div>
      )}
      <PageHeading context={contextLine(assessment)} title={t('spreadsheets.page.title')} lead={t('spreadsheets.page.lead')} />
      <Download t={t} opened={opened} />
      <Upload {...props} />
    </>
  )
}

function partOptions({ t, opened }: Pick<SpreadsheetPageProps, 't' | 'opened'>) {
  const { instrument, departments, reach } = opened
  const names = textOf(instrument, t.language).dimensions
  const counted = (name: string, count: number) => t('spreadsheets.page.part', { name, count })
  const all = t(reach.reads === null ? 'spreadsheets.page.partAll' : 'spreadsheets.page.partMine')
  return [
    { value: '', label: counted(all, questionsOf(instrument).length) },
    ...departments.map(({ id, name, questions }) => ({
      value: `department:${id}`,
      label: counted(name, questions),
      group: t('spreadsheets.page.departments'),
    })),
    ...instrument.dimensions.map((dimension) => ({
      value: `dimension:${dimension.id}`,
      label: counted(names[dimension.id]!.name, questionsOfDimension(dimension).length),
      group: t('spreadsheets.page.areas'),
    })),
  ]
}

function Download({ t, opened }: Pick<SpreadsheetPageProps, 't' | 'opened'>) {
  const address = spreadsheetAddress(opened.assessment)
  if (opened.instrument.dimensions.length === 0) return <p>{t('spreadsheets.page.nothing')}</p>
  return (
    <section class="section">
      <h2>{t('spreadsheets.page.take')}</h2>
      <form class="form" method="get" action={`${address}.xlsx`}>
        <SelectField name="part" label={t('spreadsheets.page.which')} width="full" options={partOptions({ t, opened })} value="" />
        <CheckboxGroup
          name="empty"
          label={t('spreadsheets.page.content')}
          options={[{ value: '1', label: t('spreadsheets.page.empty'), hint: t('spreadsheets.page.emptyHint') }]}
        />
        <FormActions>
          <Button>{t('spreadsheets.page.xlsx')}</Button>
          <Button kind="secondary" formAction={`${address}.csv`}>
            {t('spreadsheets.page.csv')}
          </Button>
        </FormActions>
      </form>
    </section>
  )
}

function Upload({ t, opened, readOnly, error }: SpreadsheetPageProps) {
  return (
    <section class="section">
      <h2>{t('spreadsheets.page.bring')}</h2>
      {readOnly !== null ? (
        <StatusLine state="read-only" text={t('assessments.form.status.read-only', { message: readOnly })} />
      ) : (
        <form class="form" method="post" action={spreadsheetAddress(opened.assessment)} enctype="multipart/form-data" novalidate>
          <FileField
            name="file"
            label={t('spreadsheets.page.file')}
            hint={t('spreadsheets.page.fileHint')}
            accept={acceptedFiles}
            error={error}
          />
          <FormActions>
            <Button>{t('spreadsheets.page.check')}</Button>
          </FormActions>
        </form>
      )}
    </section>
  )
}
