import { newFormKey } from '../../../forms.ts'
import type { Translator } from '../../../text/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { CheckboxGroup } from '../../../ui/CheckboxGroup.tsx'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { RadioGroup } from '../../../ui/RadioGroup.tsx'
import { contextLine } from '../../assessments/pages/parts.tsx'
import { isChoosable, isTakenUnasked, type RowState } from '../comparison.ts'
import type { ImportItem, ImportPreview } from '../importing.ts'
import { baseText, conflictOptions, ItemChange, questionLabel } from './ItemTexts.tsx'
import { FileProblems, FileRemarks } from './FileProblems.tsx'
import { spreadsheetAddress, SpreadsheetCrumbs } from './SpreadsheetPage.tsx'

/** Props of SpreadsheetPreviewPage. */
export interface SpreadsheetPreviewPageProps {
  t: Translator
  preview: ImportPreview
  /** Questions whose answer is taken from the file; null = as proposed. */
  chosen: ReadonlySet<string> | null
  error: { title: string; text: string } | null
  /** What the last confirmation did, when answers had changed meanwhile; null = there was none. */
  done: { saved: number; changed: number } | null
}

/** What a file would change, question by question. */
export function SpreadsheetPreviewPage(props: SpreadsheetPreviewPageProps) {
  const { t, preview, error, done } = props
  const { assessment, fileName } = preview
  return (
    <>
      <SpreadsheetCrumbs t={t} assessment={assessment} isPreview />
      {error !== null && <ErrorSummary title={error.title} errors={[{ text: error.text }]} />}
      {done !== null && (
        <div class="page-notice">
          <Notice kind="warning" title={t('spreadsheets.preview.someChanged', { count: done.changed })} isAnnounced>
            <p>{t('spreadsheets.preview.someChangedText', { saved: done.saved })}</p>
          </Notice>
        </div>
      )}
      <PageHeading context={contextLine(assessment)} title={t('spreadsheets.preview.title', { file: fileName })} lead={leadText(props)} />
      {preview.isForeign && (
        <Notice kind="warning" title={t('spreadsheets.preview.foreignTitle')}>
          <p>{t('spreadsheets.preview.foreign')}</p>
        </Notice>
      )}
      <FileProblems t={t} instrument={preview.instrument} problems={preview.problems} />
      <Choices {...props} />
      <Untouched {...props} />
      <FileRemarks t={t} preview={preview} />
    </>
  )
}

const itemsIn = ({ items }: ImportPreview, ...states: RowState[]): ImportItem[] => items.filter(({ state }) => states.includes(state))

function leadText({ t, preview }: SpreadsheetPreviewPageProps): string {
  const count = (...states: RowState[]) => itemsIn(preview, ...states).length
  const choosable = preview.items.filter(({ state }) => isChoosable(state)).length
  if (preview.items.length === 0) return t('spreadsheets.preview.leadNothing')
  if (choosable === 0) return t('spreadsheets.preview.leadSame')
  return t('spreadsheets.preview.lead', { fill: count('new'), change: count('changed', 'cleared'), conflict: count('conflict') })
}

const isTaken = ({ chosen }: SpreadsheetPreviewPageProps, { questionId, state }: ImportItem): boolean =>
  chosen === null ? isTakenUnasked(state) : chosen.has(questionId)

function Choices(props: SpreadsheetPreviewPageProps) {
  const { t, preview } = props
  const base = spreadsheetAddress(preview.assessment)
  const choosable = preview.items.filter(({ state }) => isChoosable(state))
  if (choosable.length === 0)
    return (
      <p class="section">
        <ButtonLink href={base} kind="secondary">
          {t('spreadsheets.preview.again')}
        </ButtonLink>
      </p>
    )
  return (
    <form class="form section sheet-choices" method="post" action={`${base}/files/${preview.hash}`}>
      <input type="hidden" name="_key" value={newFormKey()} />
      {choosable.map(({ questionId, current }) => (
        <input key={questionId} type="hidden" name={`version-${questionId}`} value={current.version} />
      ))}
      <Conflicts {...props} />
      {(['new', 'changed', 'cleared'] as const).map((state) => (
        <ChoiceGroup key={state} props={props} state={state} />
      ))}
      <FormActions>
        <Button>{t('spreadsheets.preview.confirm')}</Button>
        <ButtonLink href={base} kind="quiet">
          {t('spreadsheets.preview.again')}
        </ButtonLink>
      </FormActions>
    </form>
  )
}

function ChoiceGroup({ props, state }: { props: SpreadsheetPreviewPageProps; state: 'new' | 'changed' | 'cleared' }) {
  const { t, preview } = props
  const { instrument } = preview
  const items = itemsIn(preview, state)
  if (items.length === 0) return null
  return (
    <CheckboxGroup
      name="take"
      id={`take-${state}`}
      isLarge
      label={t(`spreadsheets.preview.${state}`, { count: items.length })}
      hint={t(`spreadsheets.preview.${state}Hint`)}
      values={items.filter((item) => isTaken(props, item)).map(({ questionId }) => questionId)}
      options={items.map((item) => ({
        value: item.questionId,
        label: questionLabel(t, instrument, item.questionId),
        hint: <ItemChange t={t} instrument={instrument} item={item} />,
      }))}
    />
  )
}

/** Answers that have changed on both sides: ours stays unless somebody says otherwise. */
function Conflicts(props: SpreadsheetPreviewPageProps) {
  const { t, preview } = props
  const items = itemsIn(preview, 'conflict')
  if (items.length === 0) return null
  return (
    <section>
      <h2>{t('spreadsheets.preview.conflicts', { count: items.length })}</h2>
      <p class="prose">{t('spreadsheets.preview.conflictsHint')}</p>
      {items.map((item) => (
        <RadioGroup
          key={item.questionId}
          name={`choice-${item.questionId}`}
          label={questionLabel(t, preview.instrument, item.questionId)}
          hint={baseText({ t, instrument: preview.instrument, item })}
          value={isTaken(props, item) ? 'file' : 'ours'}
          options={conflictOptions({ t, instrument: preview.instrument, item })}
        />
      ))}
    </section>
  )
}

/** Questions at which there is nothing to choose. */
function Untouched({ t, preview }: SpreadsheetPreviewPageProps) {
  const older = itemsIn(preview, 'older')
  const foreign = itemsIn(preview, 'not-yours')
  const same = itemsIn(preview, 'same').length
  return (
    <section class="section stack">
      {older.length > 0 && (
        <Disclosure summary={t('spreadsheets.preview.older', { count: older.length })}>
          <p>{t('spreadsheets.preview.olderText')}</p>
          <QuestionList t={t} preview={preview} items={older} />
        </Disclosure>
      )}
      {foreign.length > 0 && (
        <Disclosure summary={t('spreadsheets.preview.notYours', { count: foreign.length })}>
          <p>{t('spreadsheets.preview.notYoursText')}</p>
          <QuestionList t={t} preview={preview} items={foreign} />
        </Disclosure>
      )}
      {same > 0 && <p>{t('spreadsheets.preview.same', { count: same })}</p>}
      {preview.unmentioned > 0 && preview.items.length > 0 && (
        <p>{t('spreadsheets.preview.unmentioned', { count: preview.unmentioned })}</p>
      )}
    </section>
  )
}

function QuestionList({ t, preview, items }: { t: Translator; preview: ImportPreview; items: readonly ImportItem[] }) {
  return (
    <ul class="stack">
      {items.map((item) => (
        <li key={item.questionId}>
          {questionLabel(t, preview.instrument, item.questionId)}
          <ItemChange t={t} instrument={preview.instrument} item={item} />
        </li>
      ))}
    </ul>
  )
}
