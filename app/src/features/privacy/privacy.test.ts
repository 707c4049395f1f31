import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { dump } from '../../../test/dump.ts'
import { plantNetwork } from '../../../test/planted-network.ts'
import { inContext, systemContext } from '../../db/context.ts'
import type { Db } from '../../db/open.ts'
import {
  accessTokens,
  contacts,
  guestLinks,
  idempotencyKeys,
  invitations,
  memberships,
  messages,
  notices,
  people,
  sessions,
  signInFailures,
  verifications,
  waves,
} from '../../db/schema.ts'
import { appFolder } from '../../paths.ts'
import { findBreak } from '../audit/audit.ts'
import { getHead, listEvents, recordEvent } from '../audit/queries.ts'
import { claimAttempt } from '../accounts/sign-in-limits.ts'
import { findPersonByEmail } from '../accounts/queries.ts'
import { encodingsOf, erasedName, tracesOf } from './erasure.ts'
import { retentionRules } from './retention-queries.ts'
import { erasePerson, sweepRetention } from './usecases.ts'

const { rolledBack, dataDir } = testDatabase()
const day = 24 * 3600 * 1000 // ms

const marks = { name: 'Žofie Erasemark-Nováková', email: 'zofie.erasemark@city.example', address: '203.0.113.77' }

/** Puts name, address and network address wherever the product would put them. */
async function plantPerson({ services }: Prepared, db: Db, id: string, cityId: string): Promise<void> {
  const now = services.now()
  await db.update(people).set({ name: marks.name, email: marks.email, timeZone: 'Europe/Prague' }).where(eq(people.id, id))
  await db
    .insert(sessions)
    .values({ token: 't', userId: id, expiresAt: new Date(now.getTime() + day), ipAddress: marks.address, userAgent: marks.name })
  await db.insert(verifications).values({ identifier: 'reset-password:x', value: id, expiresAt: new Date(now.getTime() + day) })
  await db
    .insert(accessTokens)
    .values({ personId: id, name: marks.name, tokenHash: 'h', scopes: [], createdAt: now, expiresAt: new Date(now.getTime() + day) })
  await db.insert(idempotencyKeys).values({ personId: id, key: 'k', operation: 'x', bodyHash: 'b', response: { name: marks.name } })
  await db
    .insert(invitations)
    .values({ tokenHash: 'i', email: marks.email, role: 'contributor', cityId, expiresAt: new Date(now.getTime() + day) })
  await db.insert(contacts).values({ cityId, name: marks.name, email: marks.email, post: 'Head' })
  await db.update(guestLinks).set({ name: marks.name, email: marks.email.toUpperCase() })
  await db.update(messages).set({ text: `@${marks.name} please look`, mentions: [id] })
  const [other] = await db
    .select({ id: people.id })
    .from(people)
    .where(sql`${people.id} <> ${id}`)
    .limit(1)
  await db.insert(notices).values({ personId: other!.id, cityId, kind: 'message', subject: { by: marks.name }, address: '/' })
  const event = { personId: id, cityId, now }
  await recordEvent(db, { ...event, action: 'contact.added', subject: 'contact:1', payload: { name: marks.name, email: marks.email } })
  await recordEvent(db, { ...event, action: 'person.updated', subject: `person:${id}`, payload: { name: marks.name, language: 'cs' } })
}

function plantFiles(): void {
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(dataDir, path)), { recursive: true })
    writeFileSync(join(dataDir, path), text)
  }
  write('outbox/plain.eml', `To: ${marks.email}\n\nHello`)
  write('outbox/base64.eml', `To: someone@city.example\n\n${Buffer.from(`Dear ${marks.name}, hello`).toString('base64')}`)
  write('outbox/quoted.eml', `To: x@city.example\n\nhttps://city.example/?email=${encodeURIComponent(marks.email)}`)
  write('outbox/other.eml', 'To: other@city.example\n\nHello')
  write('postgres/cluster/log/postgresql-Mon.log', `one\nDETAIL:  Key (email)=(${marks.email}) already exists.\ntwo`)
}

const allFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())

/** In which way which mark is found in a text. */
const hits = (text: string): string[] =>
  Object.entries(marks).flatMap(([mark, value]) =>
    encodingsOf(value).flatMap((coded) => (text.includes(coded) ? [`${mark}: ${coded}`] : [])),
  )

const figures = async (db: Db) =>
  (await db.execute(sql`select scheme, inputs_hash, exact_scores from results order by seq`)).rows.concat(
    (await db.execute(sql`select content_hash, content from frozen_assessments order by id`)).rows,
  )

describe('erasing a person', () => {
  it(
    'leaves no name, address or network address in tables, files and logs; the chain stays valid, the figures stay',
    () =>
      rolledBack(async (prepared) => {
        const { services } = prepared
        const planted = await plantNetwork(prepared)
        const { person } = planted.people.contributor
        await inContext(services.db, systemContext, (db) => plantPerson(prepared, db, person.id, person.memberships[0]!.cityId!))
        await claimAttempt(services, marks.email, marks.address)
        plantFiles()
        const before = await inContext(services.db, systemContext, async (db) => ({ text: await dump(db), figures: await figures(db) }))
        expect(new Set(hits(before.text).map((hit) => hit.split(':')[0]))).toEqual(new Set(['name', 'email', 'address']))

        const report = await erasePerson(services, ` ${marks.email.toUpperCase()} `)
        expect(report).toMatchObject({ personId: person.id, mails: 3, lines: 1, remaining: [] })
        await inContext(services.db, systemContext, async (db) => {
          expect(hits(await dump(db))).toEqual([])
          expect(await figures(db)).toEqual(before.figures)
          expect(findBreak(await listEvents(db), await getHead(db))).toBeNull()
          expect(await findPersonByEmail(db, marks.email)).toBeNull()
          const [row] = await db.select().from(people).where(eq(people.id, person.id))
          expect(row).toMatchObject({ name: erasedName, digestHour: null, twoFactorEnabled: false })
          const [message] = await db
            .select()
            .from(messages)
            .where(sql`position(${erasedName} in ${messages.text}) > 0`)
          expect(message).toMatchObject({ text: `@${erasedName} please look`, mentions: [] })
        })
        expect(allFiles(dataDir).flatMap((file) => hits(readFileSync(file, 'utf8')))).toEqual([])
        expect(readdirSync(join(dataDir, 'outbox'))).toContain('other.eml')
        expect(await services.db.select().from(signInFailures)).toEqual([])
      }),
    60_000,
  )

  it(
    'keeps the last coordinator of a city, and says where a name stands in texts that people wrote',
    () =>
      rolledBack(async (prepared) => {
        const { people: planted } = await plantNetwork(prepared)
        const { services } = prepared
        await expect(erasePerson(services, planted.coordinator.person.email)).rejects.toMatchObject({ code: 'STEP_NOT_AVAILABLE' })
        await expect(erasePerson(services, 'nobody@city.example')).rejects.toMatchObject({ code: 'PERSON_NOT_FOUND' })
        await inContext(services.db, systemContext, (db) =>
          db.update(messages).set({ text: `I spoke with ${planted.approver.person.name} about it` }),
        )
        const { remaining } = await erasePerson(services, planted.approver.person.email)
        expect(remaining).toContainEqual({ column: 'messages.text', rows: expect.any(Number) })
      }),
    60_000,
  )
})

describe('ways in which a text is found', () => {
  it('are itself, base64 at any offset, and coded for addresses', () => {
    for (const before of ['', 'x', 'xy']) {
      const coded = Buffer.from(`${before}${marks.name}!`).toString('base64')
      expect(
        encodingsOf(marks.name).some((each) => coded.includes(each)),
        before,
      ).toBe(true)
    }
    expect(encodingsOf(marks.email)).toContain('zofie.erasemark%40city.example')
    expect(tracesOf({ name: 'Li', email: 'li@city.example' })).toEqual(['li@city.example'])
  })
})

describe('how long rows stay', () => {
  it('is what privacy.yml promises, word for word', () => {
    const { tables } = parse(readFileSync(resolve(appFolder, '../privacy.yml'), 'utf8')) as {
      tables: Record<string, { retention: string }>
    }
    for (const { name, promise } of retentionRules) expect(tables[name]?.retention, name).toBe(promise)
  })

  it('ends for roles and partner rights, and for names of contacts and guests whose rows others need', () =>
    rolledBack(async (prepared) => {
      const { people: planted, contactId } = { contactId: crypto.randomUUID(), ...(await plantNetwork(prepared)) }
      const { services } = prepared
      const cityId = planted.coordinator.person.memberships[0]!.cityId!
      const long = new Date(services.now().getTime() - 740 * day)
      await inContext(services.db, systemContext, async (db) => {
        await db.update(memberships).set({ endedAt: long }).where(eq(memberships.personId, planted.contributor.person.id))
        await db.insert(contacts).values({ id: contactId, cityId, name: 'Gone', email: 'gone@city.example', post: 'Head', endedAt: long })
        await db.update(waves).set({ closedAt: long, opensAt: new Date(long.getTime() - day), closesAt: long })
      })
      const swept = await sweepRetention(services)
      expect(swept).toMatchObject({ memberships: 1, contacts: 1, guest_links: expect.any(Number) })
      await inContext(services.db, systemContext, async (db) => {
        const [contact] = await db.select().from(contacts).where(eq(contacts.id, contactId))
        expect(contact).toMatchObject({ name: erasedName, email: null, post: null })
        for (const link of await db.select().from(guestLinks)) expect(link).toMatchObject({ name: erasedName, email: null, note: null })
        expect(await db.select().from(memberships).where(eq(memberships.personId, planted.contributor.person.id))).toEqual([])
      })
      expect(await sweepRetention(services)).toEqual({})
    }))

  it('ends with one sweep a day, and nothing younger goes', () => {
    const now = new Date('2026-06-01T00:00:00Z')
    return rolledBack(
      async ({ services }) => {
        const ago = (days: number) => new Date(now.getTime() - days * day)
        const made = { role: 'reviewer', email: 'x@city.example' }
        await inContext(services.db, systemContext, async (db) => {
          await db.insert(signInFailures).values([0.9, 1.1].map((days) => ({ accountHash: 'a', addressHash: 'b', failedAt: ago(days) })))
          await db.insert(invitations).values([89, 91].map((days) => ({ ...made, tokenHash: `${days}`, expiresAt: ago(days) })))
          await db.insert(verifications).values([-1, 1].map((days) => ({ identifier: `${days}`, value: 'v', expiresAt: ago(days) })))
        })
        expect(await sweepRetention(services)).toEqual({ sign_in_failures: 1, invitations: 1, verifications: 1 })
        expect(await sweepRetention(services)).toEqual({})
      },
      () => now,
    )
  })
})
