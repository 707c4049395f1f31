import { newFormKey } from '../../../forms.ts'
import { can, type Person } from '../../../permissions.ts'
import { formatDateTime, type Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { type Task, TaskList } from '../../../ui/TaskList.tsx'
import { contextLine } from '../../assessments/pages/parts.tsx'
import { questionNumbers } from '../../instrument/instrument.ts'
import { canDecide, nextStep, type StepStatus } from '../signoff.ts'
import type { OpenedSignOff } from '../usecases.ts'
import { coverText, stateText } from './words.ts'

interface Props extends OpenedSignOff {
  t: Translator
  person: Person
  notice: 'asked' | 'signed' | 'sent-back' | null
}

function taskOf({ t, whole, assessment, person }: Props, status: StepStatus): Task {
  const { step, state, last } = status
  const isTheirs = can(person, 'answers.sign', assessment.city.id).ok && canDecide(status, person.id).ok
  return {
    id: step.id,
    title: step.name,
    href: `/assessments/${assessment.id}/sign-off/${step.id}`,
    hint: last?.decision === 'sent-back' && state !== 'signed' && last.note !== null ? last.note : coverText(t, whole, step),
    status: stateText(t, status),
    statusKind: state === 'signed' ? 'done' : isTheirs || state === 'sent-back' ? 'attention' : 'open',
    meta: [step.person?.name ?? t('signoff.anyApprover')],
  }
}

function Ask({ t, assessment, chain, person, askedAt }: Props) {
  const next = nextStep(chain)
  if (!can(person, 'city.arrange', assessment.city.id).ok) return null
  if (next === null)
    return (
      <p>
        <ButtonLink href={`/assessments/${assessment.id}/submit`}>{t('signoff.page.submit')}</ButtonLink>
      </p>
    )
  const reason = next.state === 'sent-back' ? t('signoff.step.nothing-changed') : undefined
  return (
    <form method="post" action={`/assessments/${assessment.id}/sign-off/ask`}>
      <input type="hidden" name="_key" value={newFormKey()} />
      {askedAt !== null && <p class="chain-asked">{t('signoff.page.asked', { date: formatDateTime(t.language, askedAt) })}</p>}
      <Button id="ask" kind={askedAt === null ? 'primary' : 'secondary'} unavailableReason={reason}>
        {t(askedAt === null ? 'signoff.page.ask' : 'signoff.page.askAgain', { step: next.step.name })}
      </Button>
    </form>
  )
}

function Decisions({ t, decisions, chain, whole }: Props) {
  const numbers = questionNumbers(whole)
  const names = new Map(chain.map(({ step }) => [step.id, step.name]))
  return (
    <section class="section">
      <h2>{t('signoff.page.record')}</h2>
      <DataTable
        id="decisions"
        caption={t('signoff.page.record')}
        isCaptionHidden
        narrow="stack"
        emptyText={t('signoff.page.recordEmpty')}
        columns={[
          { id: 'when', header: t('signoff.page.when') },
          { id: 'step', header: t('signoff.page.step') },
          { id: 'who', header: t('signoff.page.who') },
          { id: 'what', header: t('signoff.page.what') },
        ]}
        rows={decisions.map(({ id, stepId, decision, note, questionId, decidedAt, by }) => ({
          id,
          cells: {
            when: formatDateTime(t.language, decidedAt),
            step: names.get(stepId) ?? t('signoff.page.formerStep'),
            who: by?.name ?? '–',
            what: [
              t(`signoff.decision.${decision}`),
              questionId === null ? null : t('assessments.question.number', { number: numbers.get(questionId) ?? questionId }),
              note,
            ]
              .filter((part) => part !== null)
              .join(' · '),
          },
        }))}
      />
    </section>
  )
}

/** The chain of an assessment: who signs, how each step stands, whose turn it is. */
export function SignOffPage(props: Props) {
  const { t, person, assessment, chain, notice } = props
  const mayArrange = can(person, 'city.arrange', assessment.city.id).ok
  const arrange = `/cities/${assessment.city.slug}/sign-off`
  return (
    <>
      <Breadcrumbs
        label={t('assessments.breadcrumbs')}
        links={[
          { href: '/home', text: t('app.nav.home') },
          { href: `/assessments/${assessment.id}`, text: contextLine(assessment) },
        ]}
      />
      {notice !== null && <Notice kind="success" title={t(`signoff.done.${notice}`)} isAnnounced />}
      <PageHeading context={contextLine(assessment)} title={t('signoff.page.title')} lead={t('signoff.page.lead')} />
      {chain.length === 0 ? (
        <EmptyState
          title={t('signoff.page.empty')}
          action={mayArrange ? <ButtonLink href={arrange}>{t('signoff.page.arrange')}</ButtonLink> : undefined}
        >
          {t('signoff.page.emptyText')}
        </EmptyState>
      ) : (
        <>
          <TaskList label={t('signoff.page.title')} tasks={chain.map((status) => taskOf(props, status))} />
          <div class="section">
            <Ask {...props} />
          </div>
          {mayArrange && (
            <p class="section">
              <a href={arrange}>{t('signoff.page.arrange')}</a>
            </p>
          )}
          <Decisions {...props} />
        </>
      )}
    </>
  )
}
