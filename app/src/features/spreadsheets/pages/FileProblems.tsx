import type { Translator } from '../../../text/text.ts'
import { DataTable } from '../../../ui/DataTable.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import type { TableProblem } from '../../assessments/answer-table.ts'
import { type Instrument, questionNumbers } from '../../instrument/instrument.ts'
import type { ImportPreview } from '../importing.ts'

const shownProblems = 200
const longest = 120 // characters of a value that are shown

/** What cannot be used, row by row; the rest of the file can be. A file that cannot be read at all is one sentence. */
export function FileProblems({ t, instrument, problems }: { t: Translator; instrument: Instrument; problems: readonly TableProblem[] }) {
  const [first] = problems
  if (first === undefined) return null
  if (problems.length === 1 && first.row === null)
    return (
      <Notice kind="error" title={t('spreadsheets.page.problem')}>
        <p>{t(first.rule, first.values)}</p>
      </Notice>
    )
  const numbers = questionNumbers(instrument)
  const cut = (value: string) => (value.length > longest ? `${value.slice(0, longest)} …` : value)
  return (
    <section class="section">
      <h2>{t('spreadsheets.preview.problems', { count: problems.length })}</h2>
      <p class="prose">{t('spreadsheets.preview.problemsText')}</p>
      <DataTable
        id="problems"
        caption={t('spreadsheets.preview.problems', { count: problems.length })}
        isCaptionHidden
        narrow="stack"
        emptyText=""
        columns={[
          { id: 'row', header: t('spreadsheets.preview.row'), isNarrow: true },
          { id: 'question', header: t('spreadsheets.column.question'), isNarrow: true },
          { id: 'said', header: t('spreadsheets.preview.rule') },
        ]}
        rows={problems.slice(0, shownProblems).map(({ row, questionId, rule, values }, i) => ({
          id: String(i),
          cells: {
            row: row === null ? t('spreadsheets.preview.wholeFile') : String(row),
            question: questionId === null ? '–' : `${numbers.get(questionId) ?? ''} (${questionId})`,
            said: t(rule, { ...values, ...(typeof values.value === 'string' && { value: cut(values.value) }) }),
          },
        }))}
      />
      {problems.length > shownProblems && <p>{t('spreadsheets.preview.more', { count: problems.length - shownProblems })}</p>}
    </section>
  )
}

/** How the file was read, for whoever wonders. */
export function FileRemarks({ t, preview }: { t: Translator; preview: ImportPreview }) {
  const { extraColumns, reworded, isWindows } = preview
  const quoted = extraColumns.map((text) => t('instrument.questionnaire.quoted', { text })).join(', ')
  return (
    <>
      {extraColumns.length > 0 && <p>{t('spreadsheets.preview.extraColumns', { count: extraColumns.length, names: quoted })}</p>}
      {reworded.length > 0 && (
        <p>{t('spreadsheets.preview.reworded', { count: reworded.length, rows: reworded.slice(0, 10).join(', ') })}</p>
      )}
      {isWindows && <p>{t('earlier.preview.windows')}</p>}
    </>
  )
}
