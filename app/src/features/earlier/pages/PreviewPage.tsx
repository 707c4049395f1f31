import type { FormErrors } from '../../../forms.ts'
import { newFormKey } from '../../../forms.ts'
import { formatDateTime, formatNumber, type Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { SummaryList } from '../../../ui/SummaryList.tsx'
import { countryName } from '../../cities/countries.ts'
import { type CheckedFile, type FileProblem, groupProblems, type ProblemGroup } from '../check-file.ts'
import { columns, type EarlierFigure } from '../earlier.ts'
import type { Preview } from '../usecases.ts'
import { scoreText } from './shown.ts'

interface Props {
  t: Translator
  preview: Preview
  errors: FormErrors
}

const firstFigures = 10

/** What a file would bring, before anything is written. */
export function PreviewPage({ t, preview, errors }: Props) {
  const { checked, fileName } = preview
  const { summary } = errors
  return (
    <>
      <Breadcrumbs
        label={t('cities.crumbs')}
        links={[
          { href: '/home', text: t('app.nav.home') },
          { href: '/network/earlier', text: t('earlier.network.title') },
        ]}
      />
      {summary !== null && <ErrorSummary title={summary.title} errors={[{ text: summary.text }]} />}
      <PageHeading title={t('earlier.preview.title', { file: fileName })} />
      <Verdict t={t} preview={preview} />
      {checked.problems.length > 0 && <Problems t={t} checked={checked} />}
      <Counts t={t} checked={checked} />
      <FirstRows t={t} figures={checked.figures} />
      <Next t={t} preview={preview} />
    </>
  )
}

function Verdict({ t, preview: { known, checked } }: Omit<Props, 'errors'>) {
  const count = checked.problems.length
  if (known !== null)
    return (
      <Notice kind="warning" title={t('earlier.preview.known')}>
        <p>{t('earlier.preview.knownText', { time: formatDateTime(t.language, known.createdAt), file: known.fileName })}</p>
      </Notice>
    )
  if (count > 0)
    return (
      <Notice kind="error" title={t('earlier.preview.bad', { count })}>
        <p>{t('earlier.preview.badText')}</p>
      </Notice>
    )
  return (
    <Notice kind="success" title={t('earlier.preview.good')}>
      <p>{t('earlier.preview.goodText')}</p>
    </Notice>
  )
}

function Counts({ t, checked }: { t: Translator; checked: CheckedFile }) {
  const { figures, rows, emptyRows, extraColumns, encoding } = checked
  const years = figures.map(({ year }) => year)
  const groups = new Map(
    figures.map(({ instrument, instrumentVersion }) => [
      `${instrument}\u0000${instrumentVersion}`,
      { instrument, version: instrumentVersion },
    ]),
  )
  const cities = new Set(figures.map(({ city, country }) => `${city.toLowerCase()}\u0000${country}`))
  const span = { first: String(Math.min(...years)), last: String(Math.max(...years)) }
  return (
    <section class="section stack">
      <h2>{t('earlier.preview.counts')}</h2>
      <SummaryList
        rows={[
          { term: t('earlier.preview.rows'), value: formatNumber(t.language, rows) },
          { term: t('earlier.preview.figures'), value: formatNumber(t.language, figures.length) },
          { term: t('earlier.preview.cities'), value: formatNumber(t.language, cities.size) },
          {
            term: t('earlier.preview.years'),
            value: years.length === 0 ? '–' : span.first === span.last ? span.first : t('earlier.published.years', span),
          },
          {
            term: t('earlier.preview.instruments'),
            value: [...groups.values()].map((group) => t('earlier.preview.instrument', group)).join('; ') || '–',
          },
        ]}
      />
      {emptyRows > 0 && <p>{t('earlier.preview.emptyRows', { count: emptyRows })}</p>}
      {extraColumns.length > 0 && (
        <p>
          {t('earlier.preview.extraColumns', {
            count: extraColumns.length,
            names: extraColumns.map((text) => t('instrument.questionnaire.quoted', { text })).join(', '),
          })}
        </p>
      )}
      {encoding === 'windows-1252' && <p>{t('earlier.preview.windows')}</p>}
    </section>
  )
}

function Problems({ t, checked }: { t: Translator; checked: CheckedFile }) {
  return (
    <section class="section">
      <h2>{t('earlier.preview.problems')}</h2>
      {groupProblems(checked.problems).map((group) => (
        <ProblemList key={`${group.column}${group.rule}`} t={t} group={group} />
      ))}
    </section>
  )
}

function ProblemList({ t, group }: { t: Translator; group: ProblemGroup }) {
  const { column, rule, count, examples } = group
  const where =
    column !== null
      ? t('earlier.preview.column', { column })
      : t(examples[0]!.row === null ? 'earlier.preview.wholeFile' : 'earlier.preview.wholeRow')
  const saidOnce = new Set(examples.map((problem) => t(rule, problem.values))).size === 1
  return (
    <div class="file-problems">
      <h3>
        {where} <span class="small">{t('earlier.preview.times', { count })}</span>
      </h3>
      {saidOnce && <p>{t(rule, examples[0]!.values)}</p>}
      {examples[0]!.row !== null && (
        <ul>
          {examples.map((problem, i) => (
            <li key={i}>
              {saidOnce
                ? placeText(t, problem)
                : t('earlier.preview.placeSaid', { place: placeText(t, problem), said: t(rule, problem.values) })}
            </li>
          ))}
          {count > examples.length && <li>{t('earlier.preview.more', { count: count - examples.length })}</li>}
        </ul>
      )}
    </div>
  )
}

const longest = 120 // characters of a value that are shown

function placeText(t: Translator, { row, value }: FileProblem): string {
  if (value === '') return t('earlier.preview.placeEmpty', { row: String(row) })
  return t('earlier.preview.place', { row: String(row), value: value.length > longest ? `${value.slice(0, longest)} …` : value })
}

function cellsOf(t: Translator, figure: EarlierFigure) {
  return {
    city: figure.city,
    country: countryName(t.language, figure.country),
    year: String(figure.year),
    instrument: figure.instrument,
    instrument_version: figure.instrumentVersion,
    code: figure.code,
    value: scoreText(t, figure.value),
    source: figure.source,
    remark: figure.remark ?? '',
  }
}

function FirstRows({ t, figures }: { t: Translator; figures: readonly EarlierFigure[] }) {
  const shown = figures.slice(0, firstFigures)
  return (
    <section class="section">
      <h2>{t('earlier.preview.first')}</h2>
      <DataTable
        id="first"
        caption={t('earlier.preview.firstNote', { shown: shown.length, count: figures.length })}
        emptyText={t('earlier.preview.none')}
        columns={columns.map((column) => ({
          id: column,
          header: column,
          align: column === 'value' || column === 'year' ? 'end' : 'start',
        }))}
        rows={shown.map((figure) => ({ id: String(figure.row), cells: cellsOf(t, figure) }))}
      />
    </section>
  )
}

function Next({ t, preview: { hash, known, checked } }: Omit<Props, 'errors'>) {
  const canConfirm = known === null && checked.problems.length === 0
  if (!canConfirm)
    return (
      <p class="section">
        <ButtonLink href="/network/earlier">{t('earlier.preview.again')}</ButtonLink>
      </p>
    )
  return (
    <form class="form section" method="post" action={`/network/earlier/files/${hash}`}>
      <input type="hidden" name="_key" value={newFormKey()} />
      <p>{t('earlier.preview.public')}</p>
      <FormActions>
        <Button>{t('earlier.preview.confirm', { count: checked.figures.length })}</Button>
        <ButtonLink href="/network/earlier" kind="quiet">
          {t('earlier.preview.again')}
        </ButtonLink>
      </FormActions>
    </form>
  )
}
