import { can, type Person } from '../../../permissions.ts'
import { formatDate } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { InsetText } from '../../../ui/InsetText.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { SummaryList } from '../../../ui/SummaryList.tsx'
import { FormProblems } from '../../cities/pages/FormProblems.tsx'
import { noonOf } from '../../departments/due.ts'
import { type Part, parts, stageOf } from '../../reviews/review.ts'
import { isArrangeable } from '../assigning.ts'
import {
  type ArrangeProps,
  AssignForm,
  DatesForm,
  EndForm,
  errorsById,
  ExceptionForm,
  OverrideForm,
  WithdrawForm,
} from './ArrangeForms.tsx'

export const arrangeSteps = ['assigned', 'asked', 'overridden', 'ended', 'dated'] as const

export interface ArrangePageProps extends ArrangeProps {
  person: Person
  done: (typeof arrangeSteps)[number] | null
  /** Names of the people who asked for exceptions. */
  names: ReadonlyMap<string, string>
  questionTexts: ReadonlyMap<string, { number: number; text: string }>
}

function Summary({ t, review, assignments, questionTexts }: ArrangePageProps) {
  return (
    <SummaryList
      rows={[
        { term: t('evaluations.review.stage'), value: t(`evaluations.stage.${stageOf(review, assignments)}`) },
        { term: t('evaluations.review.opened'), value: formatDate(t.language, review.openedAt) },
        {
          term: t('evaluations.review.due'),
          value: review.dueOn === null ? t('evaluations.review.noDay') : formatDate(t.language, noonOf(review.dueOn)),
          isEmpty: review.dueOn === null,
        },
        {
          term: t('evaluations.review.sample'),
          value: (
            <>
              <a href={`/waves/${review.wave.slug}/method`}>{t('evaluations.review.sampleValue', { count: review.sample.length })}</a>
              <Disclosure summary={t('evaluations.review.sampleShow')}>
                <ul>
                  {review.sample.map((id) => (
                    <li key={id}>
                      {questionTexts.get(id)?.number} {questionTexts.get(id)?.text ?? id}
                    </li>
                  ))}
                </ul>
              </Disclosure>
            </>
          ),
        },
      ]}
    />
  )
}

function PartSection(props: ArrangePageProps & { part: Part; isOpen: boolean }) {
  const { t, part, assignments, isOpen } = props
  const assignment = assignments.find((each) => each.part === part)
  if (assignment === undefined)
    return isOpen ? (
      <AssignForm {...props} part={part} />
    ) : (
      <p>
        {t(`evaluations.part.${part}`)}: {t('evaluations.review.nobody')}
      </p>
    )
  const { person, assignedAt, signedAt, dueOn, overrideNote } = assignment
  return (
    <div class="stack">
      <h3>{t(`evaluations.part.${part}`)}</h3>
      <p>
        {t('evaluations.review.by', { name: person.name, date: formatDate(t.language, assignedAt) })}.{' '}
        {signedAt === null
          ? t('evaluations.review.notSigned')
          : t('evaluations.review.signedOn', { date: formatDate(t.language, signedAt) })}
        . {dueOn !== null && signedAt === null && `${t('evaluations.review.dueOfPart')} ${formatDate(t.language, noonOf(dueOn))}.`}
      </p>
      {overrideNote !== null && <p>{t('evaluations.review.exception', { note: overrideNote })}</p>}
      {isOpen && signedAt === null && <EndForm {...props} assignment={assignment} />}
    </div>
  )
}

/** What stands against somebody, with their own words where they have declared it. */
function obstacleText({ t, experts }: ArrangePageProps, personId: string): string {
  const { obstacle, declaration } = experts.find(({ id }) => id === personId) ?? {}
  if (obstacle === undefined || obstacle === null) return t('evaluations.review.againstNothing')
  const note = declaration?.ties.find(({ kind }) => kind === obstacle)?.note
  return note === undefined
    ? t(`evaluations.conflict.${obstacle}`)
    : t('evaluations.review.declaredNote', { conflict: t(`evaluations.conflict.${obstacle}`), note })
}

/** What stands against everybody who cannot simply be assigned. */
function Obstacles(props: ArrangePageProps) {
  const { t, experts, assignments } = props
  const working = new Set(assignments.map(({ person }) => person.id))
  const barred = experts.filter(({ id, obstacle }) => obstacle !== null && !working.has(id))
  if (barred.length === 0) return null
  return (
    <Disclosure summary={t('evaluations.review.against')}>
      <ul>
        {barred.map(({ id, name }) => (
          <li key={id}>
            {name}: {obstacleText(props, id)}
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}

function Exceptions(props: ArrangePageProps) {
  const { t, exceptions, experts, names, person } = props
  const mayDecide = can(person, 'reviews.override').ok
  return (
    <>
      {exceptions.map((asked) => (
        <section class="section" key={`${asked.personId}/${asked.part}`}>
          <h2>
            {t('evaluations.review.asked', {
              name: experts.find(({ id }) => id === asked.personId)?.name ?? '',
              part: t(`evaluations.part.${asked.part}`),
            })}
          </h2>
          <p>
            {t('evaluations.review.askedAgainst')} {obstacleText(props, asked.personId)}
          </p>
          <p>
            {t('evaluations.review.askedBy', { name: names.get(asked.askedBy) ?? '', date: formatDate(t.language, asked.askedAt) })}{' '}
            {asked.reason}
          </p>
          {mayDecide ? <OverrideForm {...props} asked={asked} /> : <p>{t('evaluations.review.askedWaits')}</p>}
        </section>
      ))}
    </>
  )
}

/** Where the review is led on; those pages say themselves what is possible when. */
function Further({ t, review }: ArrangePageProps) {
  const base = `/evaluations/reviews/${review.id}`
  const links = [
    { href: `/reviews/${review.id}/dialogue`, text: t('evaluations.review.dialogue') },
    { href: `${base}/disagreements`, text: t('agreement.list.title') },
    { href: `${base}/conclusion`, text: t('agreement.conclusion.title') },
  ]
  return (
    <section class="section">
      <h2>{t('evaluations.review.further')}</h2>
      <ul>
        {links.map(({ href, text }) => (
          <li key={href}>
            <a href={href}>{text}</a>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** A review as the lead arranges it: who works on it, until when, and what stands against others. */
export function ArrangePage(props: ArrangePageProps) {
  const { t, person, review, assignments, done } = props
  const manages = can(person, 'reviews.manage').ok
  const isOpen = isArrangeable(props)
  const freeParts = parts.filter((part) => !assignments.some((each) => each.part === part))
  return (
    <>
      <Breadcrumbs
        label={t('cities.crumbs')}
        links={[
          { href: '/home', text: t('app.nav.home') },
          { href: `/evaluations/${review.wave.slug}`, text: `${t('evaluations.board.title')}, ${review.wave.name}` },
        ]}
      />
      <FormProblems t={t} errors={errorsById(props)} />
      {done !== null && <Notice kind="success" title={t(`evaluations.review.done.${done}`)} isAnnounced />}
      <PageHeading
        context={review.wave.name}
        title={t('evaluations.review.title', { city: review.city.name })}
        lead={t('evaluations.review.lead')}
      />
      <Summary {...props} />
      {!isOpen && <InsetText>{t('evaluations.review.over', { stage: t(`evaluations.stage.${stageOf(review, assignments)}`) })}</InsetText>}
      {isOpen && <Exceptions {...props} />}
      <section class="section">
        <h2>{t('evaluations.review.experts')}</h2>
        <div class="stack">
          {parts.map((part) => (
            <PartSection key={part} {...props} part={part} isOpen={isOpen && manages} />
          ))}
          {isOpen && <Obstacles {...props} />}
          {isOpen && manages && <ExceptionForm {...props} freeParts={freeParts} />}
        </div>
      </section>
      {review.withdrawnAt === null && <Further {...props} />}
      {manages && review.withdrawnAt === null && review.signedAt === null && (
        <section class="section">
          <div class="stack">
            {isOpen && <DatesForm {...props} />}
            <WithdrawForm {...props} />
          </div>
        </section>
      )}
    </>
  )
}
