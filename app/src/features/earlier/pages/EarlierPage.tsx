import { formatDateTime, formatNumber, type Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { DefinitionText } from '../../../ui/DefinitionText.tsx'
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx'
import { FileField } from '../../../ui/FileField.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { columns } from '../earlier.ts'
import type { EarlierImport } from '../queries.ts'

/** Props of EarlierPage. */
export interface EarlierPageProps {
  t: Translator
  imports: readonly EarlierImport[]
  /** What was just done: an import with its figures, or a removal. */
  done: { kind: 'imported'; figures: number } | { kind: 'removed' } | null
  /** Why the file cannot be looked at. */
  error: string | undefined
}

/** Earlier results of the network: what is in, and the way to bring more in. */
export function EarlierPage({ t, imports, done, error }: EarlierPageProps) {
  return (
    <>
      <Breadcrumbs label={t('cities.crumbs')} links={[{ href: '/home', text: t('app.nav.home') }]} />
      {error !== undefined && <ErrorSummary title={t('cities.form.problems')} errors={[{ fieldId: 'file', text: error }]} />}
      <PageHeading title={t('earlier.network.title')} lead={t('earlier.network.lead')} />
      <Done t={t} done={done} />
      <UploadForm t={t} error={error} />
      <Layout t={t} />
      <section class="section">
        <h2>{t('earlier.network.imports', { count: imports.length })}</h2>
        <ImportTable t={t} imports={imports} />
      </section>
    </>
  )
}

function Done({ t, done }: Pick<EarlierPageProps, 't' | 'done'>) {
  if (done === null) return null
  const title = done.kind === 'imported' ? t('earlier.network.done.imported', { count: done.figures }) : t('earlier.network.done.removed')
  return (
    <div class="page-notice">
      <Notice kind="success" title={title} isAnnounced>
        <p>
          {done.kind === 'imported' && `${t('earlier.network.done.importedText')} `}
          <a href="/published">{t('earlier.network.done.see')}</a>
        </p>
      </Notice>
    </div>
  )
}

/** Chooses a file to be looked at. */
export function UploadForm({ t, error }: { t: Translator; error?: string }) {
  return (
    <section class="section">
      <h2>{t('earlier.network.add')}</h2>
      <form class="form" method="post" action="/network/earlier" enctype="multipart/form-data" novalidate>
        <FileField
          name="file"
          label={t('earlier.network.file')}
          hint={t('earlier.network.fileHint')}
          accept=".csv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          error={error}
        />
        <FormActions>
          <Button>{t('earlier.network.check')}</Button>
        </FormActions>
      </form>
    </section>
  )
}

function Layout({ t }: { t: Translator }) {
  return (
    <section class="section stack">
      <h2>{t('earlier.network.layout')}</h2>
      <p class="prose">{t('earlier.network.layoutText')}</p>
      <DefinitionText definitions={columns.map((column) => ({ term: column, meaning: t(`earlier.column.${column}`) }))} />
      <FormActions>
        <ButtonLink href="/network/earlier/template.xlsx" kind="secondary" isDownload>
          {t('earlier.network.templateXlsx')}
        </ButtonLink>
        <ButtonLink href="/network/earlier/template.csv" kind="secondary" isDownload>
          {t('earlier.network.templateCsv')}
        </ButtonLink>
      </FormActions>
    </section>
  )
}

function ImportTable({ t, imports }: { t: Translator; imports: readonly EarlierImport[] }) {
  const when = ({ createdAt, createdBy }: EarlierImport) =>
    createdBy === null
      ? t('earlier.network.byNobody', { time: formatDateTime(t.language, createdAt) })
      : t('earlier.network.by', { time: formatDateTime(t.language, createdAt), name: createdBy })
  return (
    <DataTable
      id="imports"
      caption={t('earlier.network.imports', { count: imports.length })}
      isCaptionHidden
      narrow="stack"
      emptyText={t('earlier.network.empty')}
      columns={[
        { id: 'file', header: t('earlier.network.column.file') },
        { id: 'figures', header: t('earlier.network.column.figures'), align: 'end', isNarrow: true },
        { id: 'when', header: t('earlier.network.column.when') },
        { id: 'state', header: t('earlier.network.column.state') },
      ]}
      rows={imports.map((each) => ({
        id: each.id,
        cells: {
          file: each.fileName,
          figures: formatNumber(t.language, each.rowCount),
          when: when(each),
          state: <State t={t} import_={each} />,
        },
      }))}
    />
  )
}

function State({ t, import_: { id, fileName, removedAt } }: { t: Translator; import_: EarlierImport }) {
  if (removedAt !== null) return <>{t('earlier.network.removed', { time: formatDateTime(t.language, removedAt) })}</>
  return (
    <span>
      {t('earlier.network.shown')},{' '}
      <a href={`/network/earlier/imports/${id}/remove`}>
        {t('earlier.network.remove')}
        <span class="visually-hidden"> {fileName}</span>
      </a>
    </span>
  )
}
