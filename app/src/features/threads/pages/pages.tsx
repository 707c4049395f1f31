import type { Db } from '../../../db/open.ts'
import { fieldOf, type FormErrors, type FormValues, handleForm, noErrors } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import { once } from '../../../once.ts'
import type { Services } from '../../../services.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import { listPart } from '../../cities/pages/paging.tsx'
import { elementNames } from '../../instrument/names.ts'
import { closeForm, messageForm, sharingForm, threadForm, versionForm } from '../schemas.ts'
import {
  closeThread,
  openCityThreads,
  openThreads,
  type QuestionThreads,
  reopenThread,
  requireInsider,
  shareThread,
  startThread,
  takeBackMessage,
  writeMessage,
} from '../usecases.ts'
import type { Typed } from './MessageForm.tsx'
import { type ThreadFilter, threadFilters, ThreadListPage } from './ThreadListPage.tsx'
import { type ThreadNotice, threadNotices, ThreadPage } from './ThreadPage.tsx'
import { z } from '@hono/zod-openapi'

const pageSize = 50

const keyOf = (c: WebContext) => ({ assessmentId: c.req.param('assessmentId')!, questionId: c.req.param('questionId')! })
const threadOf = (c: WebContext) => ({ ...keyOf(c), threadId: c.req.param('threadId')! })
const addressOf = (c: WebContext) => `/assessments/${keyOf(c).assessmentId}/questions/${keyOf(c).questionId}/thread`

/** The text that its author has just taken back stands in the form again, to be put right. */
function takenBack(c: WebContext, { threads, emptied }: QuestionThreads): Typed | null {
  const id = c.req.query('again')
  for (const thread of [...threads, ...emptied])
    for (const message of thread.messages)
      if (message.id === id && message.withdrawnAt !== null && message.writer?.id === personOf(c).id)
        return { form: emptied.includes(thread) ? 'new' : thread.id, values: { text: message.text }, errors: noErrors }
  return null
}

async function show(c: WebContext, services: Services, typed: Typed | null): Promise<Response> {
  const t = c.get('t')
  const opened = await inTransaction(services, c, (db) => openThreads(db, personOf(c), services.instruments, keyOf(c)))
  const isRefused = typed !== null && typed.errors !== noErrors
  const done = isRefused ? null : (threadNotices.find((known) => known === c.req.query('done')) ?? null)
  return page(
    c,
    services,
    { title: t('threads.page.tab', { question: opened.question.id }), status: isRefused ? 422 : 200 },
    <ThreadPage t={t} {...opened} personId={personOf(c).id} now={services.now()} typed={typed ?? takenBack(c, opened)} done={done} />,
  )
}

const again =
  (c: WebContext, services: Services) =>
  (values: FormValues, errors: FormErrors): Promise<Response> =>
    show(c, services, { form: fieldOf(values, 'form') || c.req.param('threadId') || 'new', values, errors })

async function showList(c: WebContext, services: Services): Promise<Response> {
  const t = c.get('t')
  const filter: ThreadFilter = threadFilters.find((known) => known === c.req.query('show')) ?? 'open'
  const opened = await inTransaction(services, c, (db) =>
    openCityThreads(db, personOf(c), services.instruments, c.req.param('assessmentId')!),
  )
  const names = elementNames(opened.instrument, t.language)
  return page(
    c,
    services,
    { title: t('threads.list.title') },
    <ThreadListPage t={t} {...opened} names={names} personId={personOf(c).id} filter={filter} part={listPart(c, pageSize)} />,
  )
}

export function registerThreadPages(pages: Pages, services: Services): void {
  const base = '/assessments/:assessmentId/questions/:questionId/thread'
  pages.get('/assessments/:assessmentId/threads', 'assessment.read', (c) => showList(c, services))
  pages.get(base, 'assessment.read', (c) => show(c, services, null))
  registerWriting(pages, services, base)
  registerSteps(pages, services, base)
}

function registerWriting(pages: Pages, services: Services, base: string): void {
  const { instruments, now } = services
  pages.post(base, 'thread.write', 'startThread', (c) =>
    handleForm(c, {
      schema: threadForm,
      run: async (input, key) => {
        const request = { ...keyOf(c), ...input, language: c.get('language') }
        const { messageId } = await inTransaction(services, c, (db) =>
          once(db, personOf(c), { key, operation: 'startThread', body: request }, () =>
            startThread(db, personOf(c), instruments, request, now()),
          ),
        )
        return `${addressOf(c)}?done=written#message-${messageId}`
      },
      again: again(c, services),
    }),
  )
  pages.post(`${base}/:threadId/messages`, 'thread.write', 'writeMessage', (c) =>
    handleForm(c, {
      schema: messageForm,
      run: async (input, key) => {
        const request = { ...threadOf(c), ...input, language: c.get('language') }
        const { messageId } = await inTransaction(services, c, (db) =>
          once(db, personOf(c), { key, operation: 'writeMessage', body: request }, () =>
            writeMessage(db, personOf(c), instruments, request, now()),
          ),
        )
        return `${addressOf(c)}?done=written#message-${messageId}`
      },
      again: again(c, services),
    }),
  )
  pages.post(`${base}/:threadId/messages/:messageId/take-back`, 'thread.write', 'takeBackMessage', (c) =>
    handleForm(c, {
      schema: z.object({}),
      run: async () => {
        const messageId = c.req.param('messageId')!
        await inTransaction(services, c, (db) => takeBackMessage(db, personOf(c), instruments, { ...threadOf(c), messageId }, now()))
        return `${addressOf(c)}?done=taken-back&again=${messageId}`
      },
      again: again(c, services),
    }),
  )
}

function registerSteps(pages: Pages, services: Services, base: string): void {
  const { instruments, now } = services
  const take = <T extends { version: number }>(
    c: WebContext,
    schema: z.ZodType<T>,
    { operation, done }: { operation: string; done: (input: T) => ThreadNotice },
    work: (db: Db, input: T & ReturnType<typeof threadOf>) => Promise<void>,
  ) =>
    handleForm(c, {
      schema,
      run: async (input, key) => {
        const request = { ...threadOf(c), ...input }
        await inTransaction(services, c, (db) =>
          once(db, personOf(c), { key, operation, body: request }, async () => void (await work(db, request))),
        )
        return `${addressOf(c)}?done=${done(input)}#thread-${request.threadId}`
      },
      again: again(c, services),
    })

  pages.post(`${base}/:threadId/close`, 'thread.write', 'closeThread', (c) =>
    take(c, closeForm, { operation: 'closeThread', done: () => 'closed' }, (db, { text, mentions, ...key }) =>
      closeThread(
        db,
        personOf(c),
        instruments,
        { ...key, lastWord: text === '' ? null : { text, mentions, language: c.get('language') } },
        now(),
      ),
    ),
  )
  pages.post(`${base}/:threadId/reopen`, 'thread.write', 'reopenThread', (c) =>
    take(c, versionForm, { operation: 'reopenThread', done: () => 'reopened' }, (db, key) =>
      reopenThread(db, personOf(c), instruments, key, now()),
    ),
  )
  pages.post(`${base}/:threadId/sharing`, 'thread.write', 'shareThread', async (c) => {
    await inTransaction(services, c, (db) => requireInsider(db, personOf(c), instruments, keyOf(c)))
    return take(c, sharingForm, { operation: 'shareThread', done: ({ isShared }) => (isShared ? 'shared' : 'unshared') }, (db, request) =>
      shareThread(db, personOf(c), instruments, request, now()),
    )
  })
}
