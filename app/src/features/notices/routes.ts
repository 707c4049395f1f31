import { createRoute, z } from '@hono/zod-openapi'
import { type Api, body, json, problems } from '../../api.ts'
import type { Services } from '../../services.ts'
import type { Translator } from '../../text/text.ts'
import { inTransaction, personOf } from '../../web.ts'
import type { Notice, SubjectNames } from './notice.ts'
import { noticeQuote, noticeSentence } from './notice-text.ts'
import { digestSettingsSchema, noticeSchema, seenSchema } from './schemas.ts'
import { markNoticesSeen, openDigest, openNotices, saveDigestSettings } from './usecases.ts'

const tags = ['notices']

/** Names of questions and areas in a language; the instrument is a later feature. */
export type NamesIn = (language: string) => SubjectNames

function toJson(t: Translator, notice: Notice, names: SubjectNames) {
  return {
    id: notice.id,
    kind: notice.kind,
    text: noticeSentence(t, notice, names),
    note: noticeQuote(notice),
    address: notice.address,
    city: notice.city?.name ?? null,
    createdAt: notice.createdAt.toISOString(),
    seenAt: notice.seenAt?.toISOString() ?? null,
  }
}

const listRoute = createRoute({
  operationId: 'listNotices',
  method: 'get',
  path: '/api/v1/notices',
  tags,
  summary: 'What you have been told, newest first',
  request: {
    query: z.object({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
    }),
  },
  responses: {
    200: json(z.object({ notices: z.array(noticeSchema), total: z.number().int(), unseen: z.number().int() }), 'Notices'),
    ...problems,
  },
})
const seenRoute = createRoute({
  operationId: 'markNoticesSeen',
  method: 'post',
  path: '/api/v1/notices/seen',
  tags,
  summary: 'Mark notices as seen; what is seen is not mailed',
  request: body(seenSchema),
  responses: { 200: json(z.object({ marked: z.number().int() }), 'How many were new'), ...problems },
})
const settingsRoute = createRoute({
  operationId: 'getDigest',
  method: 'get',
  path: '/api/v1/account/notices',
  tags,
  summary: 'When your daily mail comes, and what the next one would hold',
  responses: {
    200: json(digestSettingsSchema.extend({ nextAt: z.iso.datetime().nullable(), pending: z.array(noticeSchema) }), 'Settings and preview'),
    ...problems,
  },
})
const updateRoute = createRoute({
  operationId: 'updateDigest',
  method: 'put',
  path: '/api/v1/account/notices',
  tags,
  summary: 'Choose the hour and time zone of your daily mail',
  request: body(digestSettingsSchema),
  responses: { 204: { description: 'Done' }, ...problems },
})

export function registerNoticeRoutes(api: Api, services: Services, namesIn: NamesIn): void {
  const { now } = services
  api.add('account.manage', listRoute, async (c) => {
    const t = c.get('t')
    const { notices, ...counts } = await inTransaction(services, c, (db) => openNotices(db, personOf(c), c.req.valid('query')))
    return c.json({ notices: notices.map((notice) => toJson(t, notice, namesIn(t.language))), ...counts }, 200)
  })
  api.add('account.manage', seenRoute, async (c) => {
    const { ids, until } = c.req.valid('json')
    const which = { ids, until: until === undefined ? undefined : new Date(until) }
    const marked = await inTransaction(services, c, (db) => markNoticesSeen(db, personOf(c), which, now()))
    return c.json({ marked }, 200)
  })
  api.add('account.manage', settingsRoute, async (c) => {
    const t = c.get('t')
    const { settings, nextAt, pending } = await inTransaction(services, c, (db) => openDigest(db, personOf(c), now()))
    return c.json(
      {
        hour: settings.hour,
        timeZone: settings.zone,
        nextAt: nextAt?.toISOString() ?? null,
        pending: pending.map((notice) => toJson(t, notice, namesIn(t.language))),
      },
      200,
    )
  })
  api.add('account.manage', updateRoute, async (c) => {
    const { hour, timeZone } = c.req.valid('json')
    await inTransaction(services, c, (db) => saveDigestSettings(db, personOf(c), { hour, zone: timeZone }, now()))
    return c.body(null, 204)
  })
}
