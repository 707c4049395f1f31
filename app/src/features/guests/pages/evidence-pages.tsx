import { type FormErrors, type FormValues, noErrors } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import { explain, messageText } from '../../../problems.tsx'
import type { Services } from '../../../services.ts'
import type { Pages, WebContext } from '../../../web.ts'
import { citeByGuestForm } from '../evidence-form.ts'
import { listGuestEvidence, takeBackGuestCitation } from '../evidence.ts'
import { asGuest } from '../visit.ts'
import { GuestEvidencePage, guestEvidencePath } from './GuestEvidencePage.tsx'
import { readOnlyText } from './read-only.ts'

const questionOf = (c: WebContext): string => c.req.param('questionId')!

async function show(c: WebContext, services: Services, values: FormValues, errors: FormErrors): Promise<Response> {
  const t = c.get('t')
  const questionId = questionOf(c)
  const { visit, cited } = await asGuest(services, c, async (db, opened) => ({
    visit: opened,
    cited: await listGuestEvidence(db, opened, questionId),
  }))
  return page(
    c,
    services,
    { title: t('guests.evidence.title'), status: errors === noErrors ? 200 : 422 },
    <GuestEvidencePage
      t={t}
      visit={visit}
      questionId={questionId}
      cited={cited}
      settings={services.config.evidence}
      values={values}
      errors={errors}
      readOnly={readOnlyText(t, visit, services.now())}
      done={(['cited', 'taken-back'] as const).find((what) => what === c.req.query('done')) ?? null}
    />,
  )
}

async function cite(c: WebContext, services: Services): Promise<Response> {
  const t = c.get('t')
  const cited = await citeByGuestForm(c, services, questionOf(c))
  if (cited.isCited) return c.redirect(`${guestEvidencePath(questionOf(c))}?done=cited`, 303)
  const fields = Object.fromEntries(Object.entries(cited.fields).map(([name, message]) => [name, messageText(t, message)]))
  if (cited.problem === null) return show(c, services, cited.values, { fields, summary: null })
  const { title, detail, now } = explain(t, cited.problem)
  return show(c, services, cited.values, { fields, summary: { title, text: `${detail} ${now}` } })
}

export function registerGuestEvidencePages(pages: Pages, services: Services): void {
  const base = '/guest/questions/:questionId/evidence'
  pages.get(base, 'public', (c) => show(c, services, {}, noErrors))
  pages.post(base, 'public', 'citeAsGuest', (c) => cite(c, services), { maximumBody: Infinity })
  pages.post(`${base}/:citationId/take-back`, 'public', 'takeBackGuestCitation', async (c) => {
    await asGuest(services, c, (db, visit) => takeBackGuestCitation(db, visit, questionOf(c), c.req.param('citationId')!, services.now()))
    return c.redirect(`${guestEvidencePath(questionOf(c))}?done=taken-back`, 303)
  })
}
