import type { ComponentChildren } from 'preact'
import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx'
import { FileField } from '../../../ui/FileField.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { acceptedFiles } from '../files.ts'

/** A list that comes and goes as a file: where it stands and what it is called. */
export interface RecordsPlace {
  /** Of the page; files and forms hang below it. */
  address: string
  title: string
  lead: string
  /** What the file has to look like. */
  rules: readonly string[]
  crumbs: readonly { href: string; text: string }[]
}

/** Props of RecordsPage. */
export interface RecordsPageProps {
  t: Translator
  place: RecordsPlace
  error?: string
  /** What was just done. */
  done: { title: string; text: string | null } | null
}

/** Takes a list along as a file, and brings one. */
export function RecordsPage({ t, place, error, done }: RecordsPageProps) {
  return (
    <>
      <Breadcrumbs label={t('assessments.breadcrumbs')} links={[...place.crumbs]} />
      {error !== undefined && <ErrorSummary title={t('spreadsheets.page.problem')} errors={[{ fieldId: 'file', text: error }]} />}
      {done !== null && (
        <div class="page-notice">
          <Notice kind={done.text === null ? 'success' : 'warning'} title={done.title} isAnnounced>
            {done.text !== null && <p>{done.text}</p>}
          </Notice>
        </div>
      )}
      <PageHeading title={place.title} lead={place.lead} />
      <Part title={t('spreadsheets.records.take')}>
        <FormActions>
          <ButtonLink href={`${place.address}.xlsx`} isDownload>
            {t('spreadsheets.records.takeXlsx')}
          </ButtonLink>
          <ButtonLink href={`${place.address}.csv`} kind="secondary" isDownload>
            {t('spreadsheets.records.takeCsv')}
          </ButtonLink>
        </FormActions>
      </Part>
      <Part title={t('spreadsheets.page.bring')}>
        {place.rules.map((rule) => (
          <p class="prose" key={rule}>
            {rule}
          </p>
        ))}
        <form class="form" method="post" action={place.address} enctype="multipart/form-data" novalidate>
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
      </Part>
    </>
  )
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="section stack">
      <h2>{title}</h2>
      {children}
    </section>
  )
}
