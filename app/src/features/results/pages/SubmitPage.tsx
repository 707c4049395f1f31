import { formatDateTime, type Translator } from '../../../text/text.ts'
import { type FormErrors, newFormKey } from '../../../forms.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { type QuestionStatus, questionsOfDimension } from '../../assessments/assessment.ts'
import { contextLine } from '../../assessments/pages/parts.tsx'
import { textOf } from '../../instrument/instrument.ts'
import type { QuestionEvidence } from '../../evidence/evidence.ts'
import { stateText } from '../../signoff/pages/words.ts'
import { nextStep } from '../../signoff/signoff.ts'
import type { SubmissionPreview } from '../usecases.ts'
import { boundsText } from './IndexSection.tsx'
import { questionWords } from './why.ts'
import { exactText } from './words.ts'

interface Props {
  t: Translator
  preview: SubmissionPreview
  /** Why this person cannot hand in, in words; null = can. */
  roleReason: string | null
  errors: FormErrors
  formKey?: string
}

/** What still counts as open, or stands in the way: a text key under results.submit.missing, or null. */
function missingKind({ state, lacksReason }: QuestionStatus): 'reason' | 'open' | 'not-known' | null {
  if (lacksReason) return 'reason'
  return state === 'open' || state === 'not-known' ? state : null
}

function listMissing({ instrument, statuses }: SubmissionPreview) {
  return instrument.dimensions
    .map((dimension) => ({
      dimension,
      missing: questionsOfDimension(dimension).flatMap(({ id }) => {
        const kind = missingKind(statuses.get(id)!)
        return kind === null ? [] : [{ id, kind }]
      }),
    }))
    .filter(({ missing }) => missing.length > 0)
}

function Missing({ t, preview }: Props) {
  const { assessment, instrument } = preview
  const words = questionWords(t, instrument)
  const text = textOf(instrument, t.language)
  const areas = listMissing(preview)
  const count = areas.reduce((sum, { missing }) => sum + missing.length, 0)
  if (count === 0) return <p>{t('results.submit.missing.none')}</p>
  return (
    <>
      <p>{t('results.submit.missing.text', { count })}</p>
      {areas.map(({ dimension, missing }) => (
        <Disclosure
          key={dimension.id}
          isOpen={missing.some(({ kind }) => kind === 'reason')}
          summary={t('results.submit.missing.area', { area: text.dimensions[dimension.id]!.name, count: missing.length })}
        >
          <ul>
            {missing.map(({ id, kind }) => (
              <li key={id}>
                <a href={`/assessments/${assessment.id}/questions/${id}`}>
                  {words.number(id)}. {words.question(id)}
                </a>{' '}
                – {t(`results.submit.missing.${kind}`)}
              </li>
            ))}
          </ul>
        </Disclosure>
      ))}
    </>
  )
}

/** What else should be looked at: signatures stand in the way, the rest is for the city to decide. */
function Remaining({ t, preview }: Props) {
  const { assessment, chain, evidence, pendingSuggestions, scope } = preview
  const base = `/assessments/${assessment.id}`
  const count = (state: QuestionEvidence['state']) => [...evidence.values()].filter((each) => each.state === state && each.isAlert).length
  const next = nextStep(chain)
  const items = [
    next !== null && {
      href: `${base}/sign-off`,
      text: t('results.submit.remaining.signOff', { step: next.step.name, state: stateText(t, next) }),
    },
    count('missing') > 0 && { href: `${base}/check`, text: t('results.submit.remaining.evidence', { count: count('missing') }) },
    count('expired') > 0 && { href: `${base}/check`, text: t('results.submit.remaining.expired', { count: count('expired') }) },
    pendingSuggestions > 0 && {
      href: `${base}/suggestions`,
      text: t('results.submit.remaining.suggestions', { count: pendingSuggestions }),
    },
    scope.answered < scope.all && {
      href: `${base}/scope`,
      text: t('results.submit.remaining.scope', { count: scope.all - scope.answered }),
    },
  ].filter((item) => item !== false)
  return (
    <ul>
      {items.map(({ href, text }) => (
        <li key={text}>
          <a href={href}>{text}</a>
        </li>
      ))}
    </ul>
  )
}

/** Questions that are not asked, because another authority is responsible. */
function Excluded({ t, preview: { assessment, statuses } }: Props) {
  const count = [...statuses.values()].filter(({ state }) => state === 'excluded').length
  if (count === 0) return null
  return (
    <p>
      {t('scope.submit', { count })} <a href={`/assessments/${assessment.id}/scope`}>{t('scope.link')}</a>
    </p>
  )
}

function Score({ t, preview: { scores } }: Props) {
  const { core, extended } = scores.indices
  return (
    <ul>
      <li>
        {t('results.index.core')}: <strong>{exactText(t, core.exact.score)}</strong> {t('results.of100')}. {boundsText(t, core)}
      </li>
      <li>
        {t('results.index.extended')}: <strong>{exactText(t, extended.exact.score)}</strong> {t('results.of100')}. {boundsText(t, extended)}
      </li>
    </ul>
  )
}

const happenings = [1, 2, 3, 4] as const
const readers = [1, 2, 3, 4] as const

/** The submission that this one would replace. */
function HandedInBefore({ t, preview: { assessment, handedIn, changed } }: Props) {
  if (handedIn === null) return null
  return (
    <p>
      {t('results.submit.before', { date: formatDateTime(t.language, handedIn.frozenAt), changed: changed.length })}{' '}
      <a href={`/assessments/${assessment.id}/submissions/${handedIn.id}`}>{t('results.submit.receipt')}</a>
    </p>
  )
}

function WhatHappens({ t, values }: Props & { values: { city: string; closes: string } }) {
  return (
    <>
      <section class="section prose">
        <h2>{t('results.submit.happens')}</h2>
        <ol>
          {happenings.map((n) => (
            <li key={n}>{t(`results.submit.happens.${n}`, values)}</li>
          ))}
        </ol>
      </section>
      <section class="section prose">
        <h2>{t('results.submit.readers')}</h2>
        <ul>
          {readers.map((n) => (
            <li key={n}>{t(`results.submit.readers.${n}`, values)}</li>
          ))}
        </ul>
      </section>
    </>
  )
}

/** Before handing in: what happens, who reads what from when, what is missing; one button. */
export function SubmitPage(props: Props) {
  const { t, preview, roleReason, errors, formKey } = props
  const { assessment, step, handedIn } = preview
  const { city, wave } = assessment
  const base = `/assessments/${assessment.id}`
  const values = { city: city.name, closes: formatDateTime(t.language, wave.closesAt) }
  const reason = roleReason ?? (step.ok ? undefined : t(`assessments.step.${step.reason}`))
  return (
    <>
      <Breadcrumbs
        label={t('assessments.breadcrumbs')}
        links={[
          { href: '/home', text: t('app.nav.home') },
          { href: base, text: contextLine(assessment) },
        ]}
      />
      {errors.summary && (
        <Notice kind="error" title={errors.summary.title} isAnnounced>
          <p>{errors.summary.text}</p>
        </Notice>
      )}
      <PageHeading
        context={contextLine(assessment)}
        title={t(handedIn === null ? 'results.submit.title' : 'results.submit.titleAgain', values)}
        lead={t('results.submit.lead')}
      />
      <HandedInBefore {...props} />
      <WhatHappens {...props} values={values} />
      <section class="section prose">
        <h2>{t('results.submit.missing')}</h2>
        <Remaining {...props} />
        <Missing {...props} />
        <Excluded {...props} />
      </section>
      <section class="section prose">
        <h2>{t('results.submit.score')}</h2>
        <Score {...props} />
        <p>
          <a href={`${base}/results?copy=current`}>{t('results.submit.look')}</a>
        </p>
      </section>
      <form class="section" method="post" action={`${base}/submit`}>
        <input type="hidden" name="_key" value={formKey || newFormKey()} />
        <FormActions>
          <Button id="submit" unavailableReason={reason}>
            {t(handedIn === null ? 'results.submit.button' : 'results.submit.buttonAgain', values)}
          </Button>
          <a href={`${base}/check`}>{t('results.submit.check')}</a>
        </FormActions>
      </form>
    </>
  )
}
