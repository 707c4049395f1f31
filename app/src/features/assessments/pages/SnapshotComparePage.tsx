import { formatDateTime, type Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { TextDifference } from '../../../ui/TextDifference.tsx'
import { wordDifference } from '../../../word-difference.ts'
import { dimensionOf, questionsOf, textOf } from '../../instrument/instrument.ts'
import { changeKinds, countChanges, type QuestionChange, stateRefText } from '../snapshot.ts'
import type { StateComparison } from '../snapshot-usecases.ts'
import { choiceText } from './carried-words.ts'
import { authorText, contextLine, exclusionText } from './parts.tsx'
import { CompareForm } from './SnapshotsPage.tsx'
import { gainText, scoreText, snapshotsPath, stateName } from './snapshot-words.ts'

interface Props {
  t: Translator
  comparison: StateComparison
  now: Date
}

function Scores({ t, comparison: { opened, a, b } }: Props) {
  const names = textOf(opened.whole, t.language).dimensions
  const row = (id: string, name: string, before: number | null, after: number | null) => ({
    id,
    cells: { name, before: scoreText(t, before), after: scoreText(t, after), gain: gainText(t, before, after) },
  })
  return (
    <DataTable
      id="scores"
      caption={t('snapshots.scores.caption')}
      narrow="stack"
      emptyText=""
      columns={[
        { id: 'name', header: t('snapshots.scores.area') },
        { id: 'before', header: t('snapshots.scores.before'), align: 'end', isNarrow: true },
        { id: 'after', header: t('snapshots.scores.after'), align: 'end', isNarrow: true },
        { id: 'gain', header: t('snapshots.scores.gain'), align: 'end', isNarrow: true },
      ]}
      rows={[
        row('core', t('results.index.core'), a.scores.core, b.scores.core),
        row('extended', t('results.index.extended'), a.scores.extended, b.scores.extended),
        ...opened.whole.dimensions.map(({ id }) =>
          row(id, names[id]!.name, a.scores.dimensions.get(id) ?? null, b.scores.dimensions.get(id) ?? null),
        ),
      ]}
    />
  )
}

/** The chosen options then and now; one line where they are the same. */
function Choice({
  t,
  comparison: { a, b, opened },
  change: { questionId, before, after, exclusions },
}: Props & { change: QuestionChange }) {
  const words = (side: typeof a, answer: QuestionChange['before'], excluded: typeof exclusions.before) =>
    excluded !== null
      ? exclusionText(t, opened.whole, excluded)
      : answer === null
        ? t('assessments.state.open')
        : choiceText(t, side.instrument, questionId, answer)
  const [then, now] = [words(a, before, exclusions.before), words(b, after, exclusions.after)]
  if (then === now) return <p>{now}</p>
  return (
    <p class="text-difference">
      <del>
        <span class="visually-hidden">{t('snapshots.difference.removed')} </span>
        {then}
      </del>{' '}
      <ins>
        <span class="visually-hidden">{t('snapshots.difference.added')} </span>
        {now}
      </ins>
    </p>
  )
}

function Texts({ t, change: { before, after } }: Pick<Props, 't'> & { change: QuestionChange }) {
  return (
    <>
      {(['reason', 'explanation'] as const).map((part) => {
        const [then, now] = [before?.[part] ?? '', after?.[part] ?? '']
        if (then === now) return null
        return (
          <TextDifference
            key={part}
            parts={wordDifference(then, now)}
            lang={after?.language ?? before?.language ?? undefined}
            removedLabel={t('snapshots.difference.removed')}
            addedLabel={t('snapshots.difference.added')}
          />
        )
      })}
    </>
  )
}

function Change(props: Props & { change: QuestionChange; number: number | undefined }) {
  const { t, comparison, change, number } = props
  const { questionId, kind, after } = change
  const { opened, a } = comparison
  const question =
    textOf(opened.whole, t.language).questions[questionId]?.question ??
    textOf(a.instrument, t.language).questions[questionId]?.question ??
    questionId
  const title = number === undefined ? question : `${number}. ${question}`
  return (
    <li class="carried-item">
      <h4>{number === undefined ? title : <a href={`/assessments/${opened.assessment.id}/questions/${questionId}`}>{title}</a>}</h4>
      <p class="small">
        {t(`snapshots.kind.${kind}`)}
        {after?.updatedAt &&
          kind !== 'excluded' &&
          kind !== 'included' &&
          ` – ${t('snapshots.by', { name: authorText(t, after.author) ?? '–', date: formatDateTime(t.language, new Date(after.updatedAt)) })}`}
      </p>
      <Choice {...props} />
      <Texts t={t} change={change} />
    </li>
  )
}

/** The changes by area, in the order of the questionnaire; questions that are no longer asked come last. */
function Changes(props: Props) {
  const { t, comparison } = props
  const { whole } = comparison.opened
  const numbers = new Map(questionsOf(whole).map(({ id }, i) => [id, i + 1]))
  const areas = [...whole.dimensions.map(({ id }) => id), null]
  return (
    <>
      {areas.map((area) => {
        const changes = comparison.changes.filter(({ questionId }) => (dimensionOf(whole, questionId)?.id ?? null) === area)
        if (changes.length === 0) return null
        return (
          <section key={area} class="section">
            <h3>{area === null ? t('snapshots.retired') : textOf(whole, t.language).dimensions[area]!.name}</h3>
            <ul class="carried-items">
              {changes.map((change) => (
                <Change key={change.questionId} {...props} change={change} number={numbers.get(change.questionId)} />
              ))}
            </ul>
          </section>
        )
      })}
    </>
  )
}

function Counts({ t, comparison: { changes } }: Props) {
  const counts = countChanges(changes)
  return (
    <ul>
      {changeKinds
        .filter((kind) => counts[kind] > 0)
        .map((kind) => (
          <li key={kind}>{t(`snapshots.count.${kind}`, { count: counts[kind] })}</li>
        ))}
    </ul>
  )
}

/** What changed between two states: scores, numbers, and each answer. */
export function SnapshotComparePage(props: Props) {
  const { t, comparison, now } = props
  const { opened, a, b, changes } = comparison
  const path = snapshotsPath(opened.assessment)
  const query = `a=${stateRefText(a.ref)}&b=${stateRefText(b.ref)}`
  return (
    <>
      <Breadcrumbs
        label={t('assessments.breadcrumbs')}
        links={[
          { href: `/assessments/${opened.assessment.id}`, text: contextLine(opened.assessment) },
          { href: path, text: t('snapshots.title') },
        ]}
      />
      <PageHeading
        context={contextLine(opened.assessment)}
        title={t('snapshots.compare.heading', { count: changes.length })}
        lead={t('snapshots.compare.lead', { before: stateName(t, a), after: stateName(t, b) })}
      />
      {a.instrument.version !== b.instrument.version && (
        <Notice kind="information" title={t('snapshots.versions')}>
          <p>{t('snapshots.versionsText', { before: a.instrument.version, after: b.instrument.version })}</p>
        </Notice>
      )}
      {changes.length === 0 ? <p>{t('snapshots.same')}</p> : <Counts {...props} />}
      <section class="section">
        <Scores {...props} />
      </section>
      <p class="form-actions">
        <ButtonLink kind="secondary" href={`${path}/compare.csv?${query}`} isDownload>
          {t('snapshots.csv')}
        </ButtonLink>
      </p>
      {changes.length > 0 && <h2>{t('snapshots.changes')}</h2>}
      <Changes {...props} />
      <section class="section">
        <h2>{t('snapshots.compare.other')}</h2>
        <CompareForm t={t} list={comparison} now={now} a={stateRefText(a.ref)} b={stateRefText(b.ref)} />
      </section>
    </>
  )
}
