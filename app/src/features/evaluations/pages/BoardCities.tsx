import { can } from '../../../permissions.ts'
import { formatDate, type Translator } from '../../../text/text.ts'
import { DataTable } from '../../../ui/DataTable.tsx'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { noonOf } from '../../departments/due.ts'
import { questionsOf } from '../../instrument/instrument.ts'
import { isArrangeable } from '../assigning.ts'
import type { BoardRow, PartState } from '../board.ts'
import type { BoardPageProps } from './BoardPage.tsx'

const day = 24 * 3600 * 1000 // ms

const overdue = (t: Translator, isOverdue: boolean) => isOverdue && <strong class="is-overdue"> {t('evaluations.board.overdue')}</strong>

function dueText(t: Translator, dueOn: string | null): string {
  return dueOn === null ? t('evaluations.board.noDay') : formatDate(t.language, noonOf(dueOn))
}

function PartCell({ t, part, all }: { t: Translator; part: PartState | null; all: number }) {
  if (part === null) return <span class="small">{t('evaluations.board.nobody')}</span>
  const { assignment, decided, isOverdue } = part
  const state =
    assignment.signedAt !== null
      ? t('evaluations.board.signed')
      : decided === null
        ? t('evaluations.board.notSigned')
        : t('evaluations.board.decided', { decided, all })
  return (
    <>
      {assignment.person.name}
      <br />
      <span class="small">
        {state}
        {overdue(t, isOverdue)}
      </span>
    </>
  )
}

function WaitingCell({ t, row, now }: { t: Translator; row: BoardRow; now: Date }) {
  const { waitingOnCity, waitingOnExpert, waitingSince } = row
  if (waitingSince === null) return <>{t('evaluations.board.nothingWaits')}</>
  const days = Math.max(0, Math.floor((now.getTime() - waitingSince.getTime()) / day))
  const texts = [
    ...(waitingOnCity > 0 ? [t('evaluations.board.onCity', { count: waitingOnCity })] : []),
    ...(waitingOnExpert > 0 ? [t('evaluations.board.onExpert', { count: waitingOnExpert })] : []),
  ]
  return (
    <>
      {texts.join(', ')} <span class="small">{t('evaluations.board.since', { days })}</span>
    </>
  )
}

/** How the reviews go: who has which part, what is due, what waits. */
function Reviews({ t, rows, instrument, now, person }: BoardPageProps) {
  const all = instrument === null ? 0 : questionsOf(instrument).length
  const manages = can(person, 'reviews.manage').ok
  const linkText = (row: BoardRow) =>
    manages && isArrangeable({ review: row.review!, assignments: Object.values(row.parts).flatMap((part) => part?.assignment ?? []) })
      ? t('evaluations.board.arrange')
      : t('evaluations.board.look')
  return (
    <DataTable
      id="reviews"
      caption={t('evaluations.board.reviews')}
      narrow="stack"
      emptyText={t('evaluations.board.emptyText')}
      columns={[
        { id: 'city', header: t('evaluations.board.city') },
        { id: 'stage', header: t('evaluations.board.stage') },
        { id: 'first', header: t('evaluations.part.first') },
        { id: 'second', header: t('evaluations.part.second') },
        { id: 'due', header: t('evaluations.board.due') },
        { id: 'waiting', header: t('evaluations.board.waiting') },
        { id: 'action', header: t('evaluations.board.action') },
      ]}
      rows={rows.map((row) => ({
        id: row.handedIn.assessmentId,
        cells: {
          city: (
            <>
              {row.handedIn.city.name}
              <br />
              <span class="small">{t('evaluations.board.handedIn', { date: formatDate(t.language, row.handedIn.frozenAt) })}</span>
            </>
          ),
          stage: t(`evaluations.stage.${row.stage ?? 'none'}`),
          first: row.review && <PartCell t={t} part={row.parts.first} all={all} />,
          second: row.review && <PartCell t={t} part={row.parts.second} all={all} />,
          due: row.review && (
            <>
              {dueText(t, row.review.dueOn)}
              {overdue(t, row.isOverdue)}
            </>
          ),
          waiting: row.review && (
            <>
              <WaitingCell t={t} row={row} now={now} />
              <br />
              <a href={`/reviews/${row.review.id}/dialogue`}>
                {t('dialogue.lead.title')}
                <span class="visually-hidden"> {row.handedIn.city.name}</span>
              </a>
            </>
          ),
          action: row.review && (
            <a href={`/evaluations/reviews/${row.review.id}`}>
              {linkText(row)}
              <span class="visually-hidden"> {row.handedIn.city.name}</span>
            </a>
          ),
        },
      }))}
    />
  )
}

/** Published reviews stand last: nothing is to be done there. */
const byWork = (a: BoardRow, b: BoardRow): number => Number(a.stage === 'published') - Number(b.stage === 'published')

/** Cities whose answers nobody reviews; most of a wave, where only some cities are reviewed. */
function NotOpened({ t, rows, isOpen }: { t: Translator; rows: readonly BoardRow[]; isOpen: boolean }) {
  return (
    <Disclosure summary={t('evaluations.board.notOpened', { count: rows.length })} isOpen={isOpen}>
      <ul>
        {rows.map(({ handedIn }) => (
          <li key={handedIn.assessmentId}>
            {handedIn.city.name}{' '}
            <span class="small">{t('evaluations.board.handedIn', { date: formatDate(t.language, handedIn.frozenAt) })}</span>
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}

/** Every city that has handed in: first those under review, then those that are not. */
export function BoardCities(props: BoardPageProps) {
  const opened = props.rows.filter(({ review }) => review !== null).toSorted(byWork)
  const others = props.rows.filter(({ review }) => review === null)
  return (
    <section class="section">
      {opened.length > 0 && <Reviews {...props} rows={opened} />}
      {others.length > 0 && <NotOpened t={props.t} rows={others} isOpen={opened.length === 0 && others.length <= 20} />}
    </section>
  )
}
