import type { Translator } from '../../../text/text.ts'
import { formatDate } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { InsetText } from '../../../ui/InsetText.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { type Task, TaskList } from '../../../ui/TaskList.tsx'
import { TwoColumns } from '../../../ui/TwoColumns.tsx'
import { type Instrument, textOf } from '../../instrument/instrument.ts'
import { areaProgress, type Assessment, type Progress, progressOf, type QuestionStatus } from '../assessment.ts'
import { type GroupedLink, linkGroups } from '../extras.ts'
import { contextLine } from './parts.tsx'

interface Props {
  t: Translator
  assessment: Assessment
  instrument: Instrument
  statuses: ReadonlyMap<string, QuestionStatus>
  due: string
  readOnly: string | null
  /** The person reads only what is theirs. */
  isPart: boolean
  extras: { links: GroupedLink[]; areas: ReadonlyMap<string, readonly string[]> }
}

function tasks({ t, assessment, instrument, statuses, extras }: Props, set: 'core' | 'extended'): Task[] {
  const text = textOf(instrument, t.language)
  return areaProgress(instrument, statuses)
    .filter(({ dimension }) => dimension.set === set)
    .map(({ dimension, progress, state }) => ({
      id: dimension.id,
      title: text.dimensions[dimension.id]!.name,
      href: `/assessments/${assessment.id}/areas/${dimension.id}`,
      hint: text.dimensions[dimension.id]!.description,
      status: t(`assessments.area.${state}`),
      statusKind: state === 'completed' ? 'done' : 'open',
      meta: [t('assessments.progress', { ...progress }), ...(extras.areas.get(dimension.id) ?? [])],
    }))
}

function Context({ t, assessment, due, isPart }: Props) {
  const base = `/assessments/${assessment.id}`
  return (
    <>
      <h2>{t('assessments.context.title')}</h2>
      <p>{due}</p>
      {assessment.submittedAt !== null && (
        <p>{t('assessments.context.submitted', { date: formatDate(t.language, assessment.submittedAt) })}</p>
      )}
      <p>{t('assessments.context.readers')}</p>
      <ul class="plain-list">
        {!isPart && (
          <li>
            <a href={`${base}/results`}>{t('assessments.context.result')}</a>
          </li>
        )}
        <li>
          <a href={`${base}/check`}>{t('assessments.context.check')}</a>
        </li>
        <li>
          <a href="/questionnaire">{t('assessments.context.blank')}</a>
        </li>
        <li>
          <a href={`/cities/${assessment.city.slug}`}>{t('assessments.context.city', { city: assessment.city.name })}</a>
        </li>
      </ul>
    </>
  )
}

function nextStep({ t, assessment, instrument, statuses, readOnly, isPart }: Props, progress: Progress) {
  const base = `/assessments/${assessment.id}`
  const open = areaProgress(instrument, statuses).find(({ state }) => state !== 'completed')
  if (readOnly !== null && isPart) return null
  if (readOnly !== null) return <ButtonLink href={`${base}/results`}>{t('assessments.next.result')}</ButtonLink>
  if (open === undefined) return <ButtonLink href={`${base}/check`}>{t('assessments.next.check')}</ButtonLink>
  return (
    <ButtonLink href={`${base}/areas/${open.dimension.id}`}>
      {progress.answered === 0 ? t('assessments.next.begin') : t('assessments.next.continue')}
    </ButtonLink>
  )
}

/** What should be done before the questions. */
function FirstSteps({ extras }: Props) {
  return (
    <>
      {extras.links
        .filter(({ isFirst }) => isFirst)
        .map(({ href, text, hint }) => (
          <InsetText key={href}>
            <p>
              <a class="first-step" href={href}>
                {text}
              </a>
            </p>
            {hint && <p>{hint}</p>}
          </InsetText>
        ))}
    </>
  )
}

/** Where the work around the answers is done: departments, evidence, signatures. */
function WorkLinks({ t, extras }: Props) {
  const links = extras.links.filter(({ isFirst }) => !isFirst)
  if (links.length === 0) return null
  return (
    <>
      {linkGroups
        .filter((group) => links.some((link) => link.group === group))
        .map((group) => (
          <section key={group} class="section">
            <h2>{t(`assessments.list.work.${group}`)}</h2>
            <ul class="work-links">
              {links
                .filter((link) => link.group === group)
                .map(({ href, text, hint, isAlert }) => (
                  <li key={href}>
                    <a href={href}>{text}</a>
                    {hint && <p class={isAlert ? 'work-link-alert' : undefined}>{hint}</p>}
                  </li>
                ))}
            </ul>
          </section>
        ))}
    </>
  )
}

/** The areas of the questionnaire with their state; any order is fine. */
export function TaskListPage(props: Props) {
  const { t, assessment, instrument, statuses, readOnly, isPart } = props
  const has = (set: 'core' | 'extended') => instrument.dimensions.some((dimension) => dimension.set === set)
  const progress = progressOf(statuses.values())
  return (
    <>
      <Breadcrumbs label={t('assessments.breadcrumbs')} links={[{ href: '/home', text: t('app.nav.home') }]} />
      <PageHeading
        context={contextLine(assessment)}
        title={isPart ? t('assessments.list.titlePart', { ...progress }) : t('assessments.list.title', { ...progress })}
        lead={isPart ? t('assessments.list.leadPart') : t('assessments.list.lead')}
      />
      <TwoColumns contextLabel={t('assessments.context.title')} context={<Context {...props} />}>
        {readOnly !== null && (
          <Notice kind="information" title={t('assessments.readOnly.title')}>
            <p>{readOnly}</p>
          </Notice>
        )}
        {progress.asked === 0 && isPart && (
          <Notice kind="information" title={t('assessments.list.nothingYours')}>
            <p>{t('assessments.list.nothingYoursText')}</p>
          </Notice>
        )}
        <FirstSteps {...props} />
        {progress.asked > 0 && <p>{nextStep(props, progress)}</p>}
        {has('core') && <h2>{t('assessments.list.core')}</h2>}
        <TaskList tasks={tasks(props, 'core')} />
        {has('extended') && (
          <>
            <h2>{t('assessments.list.extended')}</h2>
            <p>{t('assessments.list.extendedLead')}</p>
            <TaskList tasks={tasks(props, 'extended')} />
          </>
        )}
        <WorkLinks {...props} />
      </TwoColumns>
    </>
  )
}
