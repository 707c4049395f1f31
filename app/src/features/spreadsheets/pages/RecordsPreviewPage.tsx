import type { ComponentChildren } from 'preact'
import { newFormKey } from '../../../forms.ts'
import type { TextKey } from '../../../text/catalogue.ts'
import type { TextValues, Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { CheckboxGroup } from '../../../ui/CheckboxGroup.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { isRecordChoosable, type PlannedRecord, type RecordState } from '../record-table.ts'
import type { RecordsPlace } from './RecordsPage.tsx'

/** A planned row in words. */
export interface ShownRecord extends PlannedRecord {
  label: string
  /** What stands here and what the file says. */
  lines: readonly string[]
  /** Version that stands here; 0 = none. */
  version: number
}

/** Props of RecordsPreviewPage. */
export interface RecordsPreviewPageProps {
  t: Translator
  place: RecordsPlace
  fileName: string
  hash: string
  records: readonly ShownRecord[]
  problem: { rule: TextKey; values: TextValues } | null
  extraColumns: readonly string[]
  /** What the button does. */
  confirm: string
  /** Keys that are ticked; null = as proposed. */
  chosen: ReadonlySet<string> | null
  error: { title: string; text: string } | null
  /** That some have changed meanwhile; null = none. */
  left: string | null
}

/** What a list would do, row by row. */
export function RecordsPreviewPage(props: RecordsPreviewPageProps) {
  const { t, place, fileName, records, problem, extraColumns, error, left } = props
  const same = records.filter(({ state }) => state === 'same').length
  const choosable = records.filter(isRecordChoosable)
  return (
    <>
      <Breadcrumbs label={t('assessments.breadcrumbs')} links={[...place.crumbs, { href: place.address, text: place.title }]} />
      {error !== null && <ErrorSummary title={error.title} errors={[{ text: error.text }]} />}
      {left !== null && (
        <div class="page-notice">
          <Notice kind="warning" title={left} isAnnounced />
        </div>
      )}
      <PageHeading
        title={t('spreadsheets.records.preview', { file: fileName })}
        lead={t(choosable.length === 0 ? 'spreadsheets.records.nothing' : 'spreadsheets.records.lead')}
      />
      {problem !== null && (
        <Notice kind="error" title={t('spreadsheets.page.problem')}>
          <p>{t(problem.rule, problem.values)}</p>
        </Notice>
      )}
      <Choices {...props} />
      <Refused t={t} records={records} />
      {same > 0 && <p class="section">{t('spreadsheets.records.same', { count: same })}</p>}
      {extraColumns.length > 0 && (
        <p>
          {t('spreadsheets.preview.extraColumns', {
            count: extraColumns.length,
            names: extraColumns.map((text) => t('instrument.questionnaire.quoted', { text })).join(', '),
          })}
        </p>
      )}
    </>
  )
}

function Choices(props: RecordsPreviewPageProps) {
  const { t, place, hash, records, confirm } = props
  const choosable = records.filter(isRecordChoosable)
  const again = (kind: 'secondary' | 'quiet'): ComponentChildren => (
    <ButtonLink href={place.address} kind={kind}>
      {t('spreadsheets.preview.again')}
    </ButtonLink>
  )
  if (choosable.length === 0) return <p class="section">{again('secondary')}</p>
  return (
    <form class="form section" method="post" action={`${place.address}/files/${hash}`}>
      <input type="hidden" name="_key" value={newFormKey()} />
      {choosable.map(({ key, version }) => (
        <input key={key} type="hidden" name={`version-${key}`} value={version} />
      ))}
      {(['new', 'changed', 'conflict'] as const).map((state) => (
        <Group key={state} props={props} state={state} />
      ))}
      <FormActions>
        <Button>{confirm}</Button>
        {again('quiet')}
      </FormActions>
    </form>
  )
}

function Group({ props, state }: { props: RecordsPreviewPageProps; state: Exclude<RecordState, 'same' | 'refused'> }) {
  const { t, records, chosen } = props
  const own = records.filter((record) => record.state === state)
  if (own.length === 0) return null
  const isTicked = (key: string) => (chosen === null ? state !== 'conflict' : chosen.has(key))
  return (
    <CheckboxGroup
      name="take"
      id={`take-${state}`}
      isLarge
      label={t(`spreadsheets.records.${state}`, { count: own.length })}
      hint={state === 'conflict' ? t('spreadsheets.records.conflictHint') : undefined}
      values={own.map(({ key }) => key).filter(isTicked)}
      options={own.map(({ key, label, lines }) => ({
        value: key,
        label,
        hint: lines.map((line) => (
          <span class="import-line" key={line}>
            {line}
          </span>
        )),
      }))}
    />
  )
}

function Refused({ t, records }: Pick<RecordsPreviewPageProps, 't' | 'records'>) {
  const refused = records.filter(({ state }) => state === 'refused')
  if (refused.length === 0) return null
  const title = t('spreadsheets.preview.problems', { count: refused.length })
  return (
    <section class="section">
      <h2>{title}</h2>
      <DataTable
        id="problems"
        caption={title}
        isCaptionHidden
        narrow="stack"
        emptyText=""
        columns={[
          { id: 'row', header: t('spreadsheets.preview.row'), isNarrow: true },
          { id: 'what', header: t('spreadsheets.preview.what') },
          { id: 'said', header: t('spreadsheets.preview.rule') },
        ]}
        rows={refused.map(({ row, label, rule, values }) => ({
          id: String(row),
          cells: { row: String(row), what: label, said: rule === null ? '' : t(rule, values) },
        }))}
      />
    </section>
  )
}
