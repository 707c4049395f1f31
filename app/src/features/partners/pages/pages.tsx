import { z } from '@hono/zod-openapi'
import { checked, fieldOf, type FormErrors, type FormValues, handleForm, newFormKey, noErrors, readForm } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import { can, partnerRights } from '../../../permissions.ts'
import type { Services } from '../../../services.ts'
import { textsUnder } from '../../../text/text.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import { applyPatch, emptyAnswer, pickFields } from '../../assessments/answer.ts'
import { patchOfForm } from '../../assessments/pages/form-patch.ts'
import { findAnswer } from '../../assessments/queries.ts'
import { questionGroups } from '../../assessments/question-view.ts'
import { getQuestion } from '../../assessments/usecases.ts'
import { factFormSchema } from '../../cities/schemas.ts'
import { dimensionOf, textOf } from '../../instrument/instrument.ts'
import { decideFactProposal, openFactProposals, proposeFact, withdrawFactProposal } from '../fact-proposals.ts'
import { decisionSchema, markRequestSchema, noteField } from '../schemas.ts'
import { acceptSuggestion, declineSuggestion, openSuggestions, suggestAnswer, withdrawSuggestion } from '../suggestions.ts'
import { markAnswer, openCaseload, openPartners, openPrecheck, setPartnerRights } from '../usecases.ts'
import { CaseloadPage } from './CaseloadPage.tsx'
import { PartnersPage } from './PartnersPage.tsx'
import { PrecheckPage } from './PrecheckPage.tsx'
import { ProposalsPage } from './ProposalsPage.tsx'
import { SuggestionsPage } from './SuggestionsPage.tsx'
import { SuggestPage } from './SuggestPage.tsx'

const noticeOf = <N extends string>(c: WebContext, known: readonly N[]): N | null =>
  known.find((each) => each === c.req.query('notice')) ?? null

async function partners(c: WebContext, services: Services): Promise<Response> {
  const t = c.get('t')
  const opened = await inTransaction(services, c, (db) => openPartners(db, personOf(c), c.req.param('slug')!))
  return page(
    c,
    services,
    { title: t('partners.city.title') },
    <PartnersPage t={t} {...opened} isSaved={c.req.query('notice') === 'saved'} />,
  )
}

async function saveRights(c: WebContext, services: Services): Promise<Response> {
  const values = await readForm(c)
  const chosen = [values.right ?? []].flat()
  const slug = c.req.param('slug')!
  const rights = partnerRights.filter((right) => chosen.includes(right))
  const request = { slug, membershipId: c.req.param('membershipId')!, rights, now: services.now() }
  await inTransaction(services, c, (db) => setPartnerRights(db, personOf(c), request))
  return c.redirect(`/cities/${slug}/partners?notice=saved`, 303)
}

async function caseload(c: WebContext, services: Services): Promise<Response> {
  const t = c.get('t')
  const entries = await inTransaction(services, c, (db) => openCaseload(db, personOf(c), services.instruments, services.now()))
  return page(c, services, { title: t('partners.caseload.name'), isWide: true }, <CaseloadPage t={t} entries={entries} />)
}

const suggestionNotices = ['suggested', 'accepted', 'declined', 'withdrawn'] as const

async function suggestions(c: WebContext, services: Services): Promise<Response> {
  const t = c.get('t')
  const opened = await inTransaction(services, c, (db) =>
    openSuggestions(db, personOf(c), services.instruments, c.req.param('assessmentId')!),
  )
  const content = <SuggestionsPage t={t} person={personOf(c)} {...opened} notice={noticeOf(c, suggestionNotices)} />
  return page(c, services, { title: t('partners.suggestions.link') }, content)
}

/** The form begins with the city's answer; after an error, with what was typed. */
async function suggestForm(c: WebContext, services: Services, values: FormValues | null, errors: FormErrors): Promise<Response> {
  const t = c.get('t')
  const assessmentId = c.req.param('assessmentId')!
  const questionId = c.req.param('questionId')!
  const { assessment, instrument, current } = await inTransaction(services, c, async (db) => ({
    ...(await getQuestion(db, personOf(c), services.instruments, assessmentId, questionId)),
    current: await findAnswer(db, assessmentId, questionId),
  }))
  const draft = values === null ? pickFields(current ?? emptyAnswer) : applyPatch(emptyAnswer, patchOfForm(instrument, questionId, values))
  const views = questionGroups(instrument, dimensionOf(instrument, questionId)!, t.language).flatMap((group) => group.questions)
  const content = (
    <SuggestPage
      t={t}
      assessment={assessment}
      view={views.find(({ rules }) => rules.id === questionId)!}
      draft={draft}
      draftLanguage={values === null && current?.language !== t.language ? (current?.language ?? null) : null}
      note={values === null ? '' : fieldOf(values, 'note')}
      formKey={values === null ? newFormKey() : fieldOf(values, '_key')}
      errors={errors}
      texts={textsUnder(t.language, 'assessments.form.')}
    />
  )
  const title = textOf(instrument, t.language).questions[questionId]!.question
  return page(c, services, { title, status: errors === noErrors ? 200 : 422 }, content)
}

function suggest(c: WebContext, services: Services): Promise<Response> {
  const assessmentId = c.req.param('assessmentId')!
  const questionId = c.req.param('questionId')!
  return handleForm(c, {
    schema: z.looseObject({ note: noteField }),
    run: async ({ note, ...values }, key) => {
      const instrument = await inTransaction(services, c, async (db) =>
        getQuestion(db, personOf(c), services.instruments, assessmentId, questionId).then((opened) => opened.instrument),
      )
      const patch = patchOfForm(instrument, questionId, values as FormValues)
      const request = { assessmentId, questionId, patch, note, key, language: c.get('language') }
      await inTransaction(services, c, (db) => suggestAnswer(db, personOf(c), services.instruments, request, services.now()))
      return `/assessments/${assessmentId}/suggestions?notice=suggested`
    },
    again: (values, errors) => suggestForm(c, services, values, errors),
  })
}

/** Back to the question where the decision was taken, or to the list. */
async function decide(c: WebContext, services: Services, decision: 'accepted' | 'declined' | 'withdrawn'): Promise<Response> {
  const values = await readForm(c)
  const assessmentId = c.req.param('assessmentId')!
  const id = c.req.param('suggestionId')!
  const { instruments } = services
  const now = services.now()
  const questionId = await inTransaction(services, c, async (db) => {
    if (decision === 'withdrawn') return withdrawSuggestion(db, personOf(c), instruments, { assessmentId, id }, now).then(() => null)
    if (decision === 'declined') {
      const note = checked(noteField, fieldOf(values, 'note'))
      return declineSuggestion(db, personOf(c), instruments, { assessmentId, id, note }, now).then(() => null)
    }
    const version = Number(fieldOf(values, 'version')) || 0
    return (await acceptSuggestion(db, personOf(c), instruments, { assessmentId, id, version }, now)).questionId
  })
  if (questionId !== null && fieldOf(values, 'returnTo') === 'question')
    return c.redirect(`/assessments/${assessmentId}/questions/${questionId}?saved=${questionId}`, 303)
  return c.redirect(`/assessments/${assessmentId}/suggestions?notice=${decision}`, 303)
}

const proposalNotices = ['proposed', 'accepted', 'declined', 'withdrawn'] as const

async function proposals(c: WebContext, services: Services, values: FormValues, errors: FormErrors): Promise<Response> {
  const t = c.get('t')
  const opened = await inTransaction(services, c, (db) => openFactProposals(db, personOf(c), c.req.param('slug')!))
  const props = { t, person: personOf(c), ...opened, values, errors, notice: noticeOf(c, proposalNotices) }
  const status = errors === noErrors ? 200 : 422
  return page(c, services, { title: t('partners.proposals.title'), status, isWide: true }, <ProposalsPage {...props} />)
}

function propose(c: WebContext, services: Services): Promise<Response> {
  const city = c.req.param('slug')!
  return handleForm(c, {
    schema: factFormSchema(services.now()),
    run: async ({ fact, year, value, source, quality }, key, values) => {
      const note = checked(noteField, fieldOf(values, 'note'))
      const request = { city, fact, year, value, source, quality, note, key }
      await inTransaction(services, c, (db) => proposeFact(db, personOf(c), request, services.now()))
      return `/cities/${city}/proposals?notice=proposed`
    },
    again: (values, errors) => proposals(c, services, values, errors),
  })
}

async function decideProposal(c: WebContext, services: Services): Promise<Response> {
  const { decision, note } = checked(decisionSchema, await readForm(c))
  const city = c.req.param('slug')!
  const request = { city, id: c.req.param('proposalId')!, decision, note }
  await inTransaction(services, c, (db) => decideFactProposal(db, personOf(c), request, services.now()))
  return c.redirect(`/cities/${city}/proposals?notice=${decision}`, 303)
}

async function withdrawProposal(c: WebContext, services: Services): Promise<Response> {
  const city = c.req.param('slug')!
  await inTransaction(services, c, (db) => withdrawFactProposal(db, personOf(c), city, c.req.param('proposalId')!, services.now()))
  return c.redirect(`/cities/${city}/proposals?notice=withdrawn`, 303)
}

async function precheck(c: WebContext, services: Services): Promise<Response> {
  const t = c.get('t')
  const opened = await inTransaction(services, c, (db) => openPrecheck(db, personOf(c), services.instruments, c.req.param('assessmentId')!))
  const canMark = can(personOf(c), 'answer.precheck', opened.assessment.city.id).ok
  return page(
    c,
    services,
    { title: t('partners.precheck.title') },
    <PrecheckPage t={t} {...opened} canMark={canMark} saved={c.req.query('saved') ?? null} />,
  )
}

async function mark(c: WebContext, services: Services): Promise<Response> {
  const values = await readForm(c)
  const assessmentId = c.req.param('assessmentId')!
  const questionId = c.req.param('questionId')!
  const { mark: chosen, remark } = checked(markRequestSchema, { mark: fieldOf(values, 'mark'), remark: fieldOf(values, 'remark') })
  const request = { assessmentId, questionId, mark: chosen, remark, version: Number(fieldOf(values, 'version')) || 0 }
  await inTransaction(services, c, (db) => markAnswer(db, personOf(c), services.instruments, request, services.now()))
  return c.redirect(`/assessments/${assessmentId}/precheck?saved=${questionId}#question-${questionId}`, 303)
}

export function registerPartnerPages(pages: Pages, services: Services): void {
  const base = '/assessments/:assessmentId'
  pages.get('/caseload', 'caseload.read', (c) => caseload(c, services))
  pages.get('/cities/:slug/partners', 'city.arrange', (c) => partners(c, services))
  pages.post('/cities/:slug/partners/:membershipId', 'city.arrange', 'setPartnerRights', (c) => saveRights(c, services))
  pages.get('/cities/:slug/proposals', 'signed-in', (c) => proposals(c, services, { _key: newFormKey() }, noErrors))
  pages.post('/cities/:slug/proposals', 'facts.propose', 'proposeFigure', (c) => propose(c, services))
  pages.post('/cities/:slug/proposals/:proposalId/decide', 'facts.edit', 'decideFigureProposal', (c) => decideProposal(c, services))
  pages.post('/cities/:slug/proposals/:proposalId/withdraw', 'facts.propose', 'withdrawFigureProposal', (c) =>
    withdrawProposal(c, services),
  )
  pages.get(`${base}/suggestions`, 'assessment.read', (c) => suggestions(c, services))
  pages.get(`${base}/questions/:questionId/suggest`, 'answer.suggest', (c) => suggestForm(c, services, null, noErrors))
  pages.post(`${base}/suggestions/new/:questionId`, 'answer.suggest', 'suggestAnswer', (c) => suggest(c, services))
  pages.post(`${base}/suggestions/:suggestionId/accept`, 'suggestion.decide', 'acceptSuggestion', (c) => decide(c, services, 'accepted'))
  pages.post(`${base}/suggestions/:suggestionId/decline`, 'suggestion.decide', 'declineSuggestion', (c) => decide(c, services, 'declined'))
  pages.post(`${base}/suggestions/:suggestionId/withdraw`, 'answer.suggest', 'withdrawSuggestion', (c) => decide(c, services, 'withdrawn'))
  pages.get(`${base}/precheck`, 'assessment.read', (c) => precheck(c, services))
  pages.post(`${base}/precheck/:questionId`, 'answer.precheck', 'markAnswer', (c) => mark(c, services))
}
