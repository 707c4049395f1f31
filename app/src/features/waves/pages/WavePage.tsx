import { formatDateTime, type Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { type SummaryRow, SummaryList } from '../../../ui/SummaryList.tsx'
import type { ListPart } from '../../cities/pages/paging.tsx'
import type { FreezeRequest, FrozenInstrument, Participation, WaveCounts } from '../queries.ts'
import { canUpdate, stepsOf, type Wave, type WaveStep } from '../wave.ts'
import { askedText } from './FreezePage.tsx'
import { WaveCities } from './WaveCities.tsx'
import { waveStatusText } from '../wave-text.ts'

/** What was just done, for the notice at the top. */
export const doneSteps = ['created', 'updated', 'asked', 'frozen', 'invited', 'extended', 'closed', 'reopened'] as const
export type DoneStep = (typeof doneSteps)[number]

/** Props of WavePage. */
export interface WavePageProps {
  t: Translator
  now: Date
  wave: Wave
  frozen: FrozenInstrument | null
  /** What waits to be confirmed by somebody else. */
  request: FreezeRequest | null
  /** Questions of the frozen instrument, or of the one that would be frozen. */
  questionCount: number
  counts: WaveCounts
  participations: readonly Participation[]
  part: ListPart
  done?: DoneStep
  /** Number of cities that were just invited. */
  invited: number
}

/** A wave: its dates, what is frozen into it, what can be done now, and how far its cities are. */
export function WavePage(props: WavePageProps) {
  const { t, now, wave } = props
  const done = props.done === 'asked' && wave.frozenAt !== null ? undefined : props.done // somebody has confirmed meanwhile
  return (
    <>
      <Breadcrumbs label={t('cities.crumbs')} links={[{ href: '/network/waves', text: t('waves.list.title') }]} />
      {done && (
        <div class="page-notice">
          <Notice kind="success" title={t(`waves.done.${done}`, { count: props.invited })} isAnnounced>
            {done === 'invited' && <p>{t('waves.done.invitedNext')}</p>}
          </Notice>
        </div>
      )}
      <PageHeading title={wave.name} lead={waveStatusText(t, wave, now)} />
      <SummaryList rows={summaryRows(props)} />
      <section class="section">
        <h2>{t('waves.steps.title')}</h2>
        <WaveSteps t={t} now={now} wave={wave} />
        {wave.frozenAt !== null && (
          <p>
            <a href={`/network/waves/${wave.slug}/method`}>{t('evaluations.method.link')}</a>
            {' · '}
            <a href={`/evaluations/${wave.slug}`}>{t('evaluations.board.title')}</a>
          </p>
        )}
      </section>
      <WaveCities {...props} />
    </>
  )
}

function summaryRows({ t, now, wave, frozen, request, questionCount }: WavePageProps): SummaryRow[] {
  const change = canUpdate(wave, now).ok ? { href: `/network/waves/${wave.slug}/edit`, text: t('waves.page.change') } : null
  const row = (term: string, value: string): SummaryRow => ({
    term,
    value,
    action: change === null ? undefined : { ...change, hiddenSuffix: term },
  })
  return [
    row(t('waves.form.name'), wave.name),
    row(t('waves.page.opens'), formatDateTime(t.language, wave.opensAt)),
    row(t('waves.page.closes'), formatDateTime(t.language, wave.closesAt)),
    {
      term: t('waves.page.instrument'),
      value: <FrozenText t={t} wave={wave} frozen={frozen} request={request} questionCount={questionCount} />,
      isEmpty: frozen === null,
    },
  ]
}

/** Which questionnaire is frozen, since when and by whom, with the hash that proves it. */
function FrozenText({
  t,
  wave,
  frozen,
  request,
  questionCount,
}: Pick<WavePageProps, 't' | 'wave' | 'frozen' | 'request' | 'questionCount'>) {
  if (frozen === null || wave.frozenAt === null)
    return (
      <>
        {t('waves.page.notFrozen')} {request !== null && `${askedText(t, request)} `}
        <a href="/questionnaire">{t('waves.page.readQuestionnaire')}</a>
      </>
    )
  const at = formatDateTime(t.language, wave.frozenAt)
  return (
    <>
      {t('waves.page.frozen', { version: frozen.version, count: questionCount })}{' '}
      {frozen.frozenBy === null ? t('waves.page.frozenAt', { at }) : t('waves.page.frozenBy', { at, name: frozen.frozenBy })}{' '}
      <a href="/questionnaire">{t('waves.page.readQuestionnaire')}</a>
      <span class="hash-line">
        SHA-256 <code>{frozen.contentHash}</code>
      </span>
    </>
  )
}

const pageSteps = ['freeze', 'invite', 'extend', 'close', 'reopen'] as const satisfies readonly WaveStep[]

/** Every step of a wave, with the reason when it is not available now; the next one is the strongest button. */
function WaveSteps({ t, now, wave }: { t: Translator; now: Date; wave: Wave }) {
  const steps = stepsOf(wave, now)
  const next = pageSteps.find((step) => steps[step].ok)
  return (
    <ul class="step-list">
      {pageSteps.map((name) => {
        const step = steps[name]
        const kind = name === next ? 'primary' : 'secondary'
        return (
          <li key={name}>
            <p>{t(`waves.steps.${name}`)}</p>
            {step.ok ? (
              <ButtonLink href={`/network/waves/${wave.slug}/${name}`} kind={kind}>
                {t(`waves.${name}.button`)}
              </ButtonLink>
            ) : (
              <Button id={name} kind="secondary" unavailableReason={t(step.reason)}>
                {t(`waves.${name}.button`)}
              </Button>
            )}
          </li>
        )
      })}
    </ul>
  )
}
