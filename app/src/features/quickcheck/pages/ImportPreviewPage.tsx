import { newFormKey } from '../../../forms.ts'
import { formatDate, formatDateTime, type Translator } from '../../../text/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { CheckboxGroup } from '../../../ui/CheckboxGroup.tsx'
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { sheetProblemLine } from '../../assessments/answer-sheet.ts'
import { contextLine } from '../../assessments/pages/parts.tsx'
import { questionsOf, textOf } from '../../instrument/instrument.ts'
import type { ImportItem, ImportPreview } from '../usecases.ts'
import { choiceText } from './choice-text.ts'
import { ImportCrumbs } from './ImportPage.tsx'

/** Props of ImportPreviewPage. */
export interface ImportPreviewPageProps {
  t: Translator
  preview: ImportPreview
  /** The file, to be sent again with what is chosen. */
  text: string
  /** Questions that are ticked; null = as proposed: those that nobody has answered. */
  chosen: ReadonlySet<string> | null
  error: { title: string; text: string } | null
}

/** What the file would change, question by question; open questions are ticked, others only when the reader wants it. */
export function ImportPreviewPage(props: ImportPreviewPageProps) {
  const { t, preview, error } = props
  const { assessment, sheet, items } = preview
  const count = (state: ImportItem['state']) => items.filter((item) => item.state === state).length
  return (
    <>
      <ImportCrumbs t={t} assessment={assessment} isPreview />
      {error !== null && <ErrorSummary title={error.title} errors={[{ text: error.text }]} />}
      <PageHeading
        context={contextLine(assessment)}
        title={t('quickcheck.import.preview.title')}
        lead={
          items.length === 0
            ? t('quickcheck.import.preview.empty')
            : t('quickcheck.import.preview.lead', { fill: count('fill'), differs: count('differs'), same: count('same') })
        }
      />
      <p>
        {t('quickcheck.import.preview.made', { date: formatDate(t.language, new Date(sheet.madeAt)), version: sheet.instrument.version })}
      </p>
      <OtherVersion {...props} />
      <Form {...props} />
      <Rest {...props} />
      <Unusable {...props} />
    </>
  )
}

function OtherVersion({ t, preview: { isOtherVersion, sheet, instrument } }: ImportPreviewPageProps) {
  if (!isOtherVersion) return null
  const named = ({ id, version }: { id: string; version: string }) => `${id} ${version}`
  return (
    <Notice kind="warning" title={t('quickcheck.import.preview.otherTitle')}>
      <p>{t('quickcheck.import.preview.other', { theirs: named(sheet.instrument), ours: named(instrument) })}</p>
    </Notice>
  )
}

/** The question with its number, and what stands there now. */
function labelOf({ t, preview: { instrument } }: ImportPreviewPageProps, { questionId }: ImportItem): string {
  const number = questionsOf(instrument).findIndex(({ id }) => id === questionId) + 1
  return `${number} ${textOf(instrument, t.language).questions[questionId]!.question}`
}

function nowText({ t, preview: { instrument } }: ImportPreviewPageProps, { current }: ImportItem): string {
  const answer = choiceText(t, instrument, current)
  if (current.author === null || current.updatedAt === null) return t('quickcheck.import.preview.nowPlain', { answer })
  return t('quickcheck.import.preview.now', {
    answer,
    author: current.author.name,
    time: formatDateTime(t.language, new Date(current.updatedAt)),
  })
}

function Choices({ props, state }: { props: ImportPreviewPageProps; state: 'fill' | 'differs' }) {
  const { t, preview, chosen } = props
  const items = preview.items.filter((item) => item.state === state)
  if (items.length === 0) return null
  const values = items.map(({ questionId }) => questionId).filter((id) => (chosen === null ? state === 'fill' : chosen.has(id)))
  return (
    <CheckboxGroup
      name="take"
      id={`take-${state}`}
      isLarge
      label={t(`quickcheck.import.preview.${state}Title`)}
      hint={t(`quickcheck.import.preview.${state}Text`)}
      values={values}
      options={items.map((item) => ({
        value: item.questionId,
        label: labelOf(props, item),
        hint: (
          <>
            {state === 'differs' && <span class="import-line">{nowText(props, item)}</span>}
            <span class="import-line">
              {t('quickcheck.import.preview.file', { answer: choiceText(t, preview.instrument, item.proposed) })}
            </span>
          </>
        ),
      }))}
    />
  )
}

function Form(props: ImportPreviewPageProps) {
  const { t, preview, text } = props
  const base = `/assessments/${preview.assessment.id}/import`
  const takeable = preview.items.filter(({ state }) => state === 'fill' || state === 'differs')
  if (takeable.length === 0)
    return (
      <p>
        <ButtonLink href={base} kind="secondary">
          {t('quickcheck.import.preview.again')}
        </ButtonLink>
      </p>
    )
  return (
    <form class="form section" method="post" action={`${base}/apply`}>
      <input type="hidden" name="_key" value={newFormKey()} />
      <input type="hidden" name="sheet" value={text} />
      {takeable.map(({ questionId, current }) => (
        <input key={questionId} type="hidden" name={`version-${questionId}`} value={current.version} />
      ))}
      <Choices props={props} state="fill" />
      <Choices props={props} state="differs" />
      <FormActions>
        <Button>{t('quickcheck.import.preview.button')}</Button>
        <ButtonLink href={base} kind="quiet">
          {t('quickcheck.import.preview.again')}
        </ButtonLink>
      </FormActions>
    </form>
  )
}

/** Questions at which there is nothing to choose, with the reason. */
function Rest(props: ImportPreviewPageProps) {
  const { t, preview } = props
  const rest = preview.items.filter(({ state }) => state === 'same' || state === 'not-yours')
  if (rest.length === 0) return null
  return (
    <section class="section">
      <h2>{t('quickcheck.import.preview.otherItems')}</h2>
      <ul>
        {rest.map((item) => (
          <li key={item.questionId}>
            {labelOf(props, item)}
            <span class="import-line small">
              {item.state === 'same' ? t('quickcheck.import.preview.sameAs') : t('quickcheck.import.preview.notYours')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Unusable({ t, preview: { problems } }: ImportPreviewPageProps) {
  if (problems.length === 0) return null
  return (
    <section class="section">
      <h2>{t('quickcheck.import.preview.problems')}</h2>
      <p>{t('quickcheck.import.preview.problemsText')}</p>
      <ul>
        {problems.map((problem) => (
          <li key={problem.line}>{sheetProblemLine(t, t('quickcheck.import.file'), problem)}</li>
        ))}
      </ul>
    </section>
  )
}
