import { fieldOf, readForm } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import type { Services } from '../../../services.ts'
import { textsUnder, type Translator } from '../../../text/text.ts'
import type { Pages, WebContext } from '../../../web.ts'
import { patchOfForm } from '../../assessments/pages/form-patch.ts'
import { type AnsweringProps, questionGroups } from '../../assessments/question-view.ts'
import { dimensionOf, textOf } from '../../instrument/instrument.ts'
import { listGuestEvidence } from '../evidence.ts'
import { withoutForeignConditions } from '../guest.ts'
import {
  asGuest,
  finishAsGuest,
  type GuestVisit,
  keepGuestToken,
  openAsGuest,
  requireGuest,
  requireGuestQuestion,
  saveGuestAnswer,
} from '../visit.ts'
import { registerGuestEvidencePages } from './evidence-pages.tsx'
import { GuestQuestionPage } from './GuestQuestionPage.tsx'
import { GuestStartPage } from './GuestStartPage.tsx'
import { readOnlyText } from './read-only.ts'

const script = 'client/answering.tsx'

/** The link itself: keeps its secret in a cookie and leads on, so that the address on the screen does not show it. */
async function enter(c: WebContext, services: Services): Promise<Response> {
  const token = c.req.param('token')!
  const link = await requireGuest(services, token, services.now())
  keepGuestToken(c, services, token, link.expiresAt)
  return c.redirect('/guest', 303)
}

async function start(c: WebContext, services: Services): Promise<Response> {
  const now = services.now()
  const visit = await asGuest(services, c, async (db, opened) => {
    await openAsGuest(db, opened, now)
    return opened
  })
  const t = c.get('t')
  const title = t('guests.visit.title', { name: visit.link.name, count: visit.questions.length })
  return page(c, services, { title }, <GuestStartPage t={t} visit={visit} isFinished={c.req.query('notice') === 'finished'} />)
}

/** The same form that people with an account see, with addresses of its own and without what a guest may not see. */
function islandOf(t: Translator, visit: GuestVisit, questionId: string, now: Date): AnsweringProps {
  const { link, assessment, instrument, answers } = visit
  const dimension = dimensionOf(instrument, questionId)!
  const groups = questionGroups(instrument, dimension, t.language).map((group) => ({
    ...group,
    questions: group.questions
      .filter(({ rules }) => link.questionIds.includes(rules.id))
      .map((view) => ({ ...view, rules: withoutForeignConditions(view.rules, link.questionIds) })),
  }))
  return {
    assessmentId: assessment.id,
    paths: { save: '/api/v1/guest/answers', form: '/guest/answers', history: null },
    personId: link.id,
    language: t.language,
    groups,
    only: questionId,
    shown: link.questionIds,
    locked: {},
    extras: {},
    excluded: {},
    answers: groups.flatMap(({ questions }) => questions.flatMap(({ rules }) => answers.get(rules.id) ?? [])),
    readOnly: readOnlyText(t, visit, now),
    dimension: { id: dimension.id, name: textOf(instrument, t.language).dimensions[dimension.id]!.name },
    sessionEndsAt: null,
    returnTo: `/guest/questions/${questionId}`,
    texts: textsUnder(t.language, 'assessments.form.'),
  }
}

async function question(c: WebContext, services: Services): Promise<Response> {
  const id = c.req.param('questionId')!
  const t = c.get('t')
  const { visit, documents } = await asGuest(services, c, async (db, opened) => ({
    visit: opened,
    documents: (await listGuestEvidence(db, opened, id)).length,
  }))
  const island = islandOf(t, visit, id, services.now())
  const title = textOf(visit.instrument, t.language).questions[id]!.question
  return page(
    c,
    services,
    { title, scripts: [script], islands: { 'answering-props': island } },
    <GuestQuestionPage t={t} visit={visit} island={island} documents={documents} isSaved={c.req.query('saved') !== undefined} />,
  )
}

/** Saving by the form, without a script. A changed answer is refused with a page that shows what was typed. */
async function save(c: WebContext, services: Services): Promise<Response> {
  const questionId = c.req.param('questionId')!
  const values = await readForm(c)
  await asGuest(services, c, async (db, visit) => {
    requireGuestQuestion(visit, questionId)
    const request = {
      questionId,
      patch: patchOfForm(visit.instrument, questionId, values),
      version: Number(fieldOf(values, 'version')) || 0,
      language: c.get('language'),
    }
    await saveGuestAnswer(db, visit, request, services.now())
  })
  return c.redirect(`/guest/questions/${questionId}?saved`, 303)
}

async function finish(c: WebContext, services: Services): Promise<Response> {
  await asGuest(services, c, (db, visit) => finishAsGuest(db, visit, services.now()))
  return c.redirect('/guest?notice=finished', 303)
}

export function registerVisitPages(pages: Pages, services: Services): void {
  pages.get('/guest', 'public', (c) => start(c, services))
  pages.get('/guest/questions/:questionId', 'public', (c) => question(c, services))
  registerGuestEvidencePages(pages, services)
  pages.post('/guest/answers/:questionId', 'public', 'saveGuestAnswer', (c) => save(c, services))
  pages.post('/guest/finish', 'public', 'finishGuestVisit', (c) => finish(c, services))
  pages.get('/guest/:token', 'public', (c) => enter(c, services))
}
