import { fieldOf, type FormValues, readForm } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import type { Services } from '../../../services.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import { mayWrite } from '../assignment.ts'
import type { SkipReason } from '../carried.ts'
import { confirmEarlierAnswers, type Confirmation, openCarried } from '../carried-usecases.ts'
import { readOnlyReason } from './parts.tsx'
import { StillTruePage } from './StillTruePage.tsx'

const reasons: readonly SkipReason[] = ['no-earlier', 'earlier-changed', 'answered', 'misfit', 'not-asked']

/** What could not be confirmed, as the address carries it: com-01:answered,com-02:misfit */
function parseSkipped(text: string | undefined): { questionId: string; reason: SkipReason }[] {
  return (text ?? '').split(',').flatMap((pair) => {
    const [questionId = '', name] = pair.split(':')
    const reason = reasons.find((each) => each === name)
    return reason === undefined ? [] : [{ questionId, reason }]
  })
}

async function stillTrue(c: WebContext, services: Services): Promise<Response> {
  const t = c.get('t')
  const now = services.now()
  const { opened, sheet } = await inTransaction(services, c, (db) =>
    openCarried(db, personOf(c), services.instruments, c.req.param('assessmentId')!, now),
  )
  const mayConfirm = (questionId: string): boolean => mayWrite(opened.reach, questionId)
  const confirmed = c.req.query('confirmed')
  const content = (
    <StillTruePage
      t={t}
      opened={opened}
      sheet={sheet}
      readOnly={readOnlyReason(t, c, opened.assessment, now)}
      mayConfirm={mayConfirm}
      confirmed={confirmed === undefined ? null : Number(confirmed) || 0}
      skipped={parseSkipped(c.req.query('skipped'))}
    />
  )
  const title = sheet === null ? t('carried.title.none') : t('carried.title', { wave: sheet.from.wave.name })
  return page(c, services, { title }, content)
}

/** Which answers the form showed, each with its version. */
function seenAnswers(values: FormValues): { questionId: string; fromVersion: number }[] {
  return [values.seen ?? []].flat().map((pair) => {
    const [questionId = '', version] = pair.split(':')
    return { questionId, fromVersion: Number(version) || 0 }
  })
}

/** Back to the question where one was confirmed; to the list where several were, or where it did not work. */
function addressAfter(base: string, returnTo: string, { confirmed, skipped }: Confirmation): string {
  const isOwn = returnTo.startsWith(`${base}/`) && /^[\w/-]+$/.test(returnTo)
  if (isOwn && confirmed.length > 0 && skipped.length === 0 && !returnTo.endsWith('/still-true'))
    return `${returnTo}?saved=${confirmed[0]}#question-${confirmed[0]}`
  const query = new URLSearchParams({ confirmed: String(confirmed.length) })
  if (skipped.length > 0) query.set('skipped', skipped.map(({ questionId, reason }) => `${questionId}:${reason}`).join(','))
  return `${base}/still-true?${query}`
}

async function confirm(c: WebContext, services: Services): Promise<Response> {
  const values = await readForm(c)
  const assessmentId = c.req.param('assessmentId')!
  const answers = seenAnswers(values)
  const request = { assessmentId, key: fieldOf(values, '_key'), answers }
  const confirmation = await inTransaction(services, c, (db) =>
    confirmEarlierAnswers(db, personOf(c), services.instruments, request, services.now()),
  )
  return c.redirect(addressAfter(`/assessments/${assessmentId}`, fieldOf(values, 'returnTo'), confirmation), 303)
}

export function registerCarriedPages(pages: Pages, services: Services): void {
  const path = '/assessments/:assessmentId/still-true'
  pages.get(path, 'assessment.read', (c) => stillTrue(c, services))
  pages.post(path, 'answer.save', 'confirmEarlierAnswers', (c) => confirm(c, services))
}
