import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import { beforeEach, describe, expect, it } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { type Config, readConfig } from '../../config.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { createMailer, type Mailer } from '../../mailer.ts'
import { insertMembership } from '../accounts/membership-queries.ts'
import { insertPerson } from '../accounts/queries.ts'
import { addNotices, listPending } from './queries.ts'
import { NoticeSender } from './sender.ts'
import { insertDigest } from './sending-queries.ts'

// What is committed here is really committed: each test has people of its own, and the outbox is emptied between them.

const { config, dataDir, pool } = testDatabase()
const outbox = join(dataDir, 'outbox')

const database = () => drizzle(pool()) as NodePgDatabase
const inSystem = <T>(work: Parameters<typeof inContext<T>>[2]) => inContext(database(), systemContext, work)
const mailNames = (): string[] => {
  try {
    return readdirSync(outbox).filter((name) => name.endsWith('.eml'))
  } catch {
    return []
  }
}

let people = 0
let personId: string

const evening = new Date('2026-05-03T18:00:00Z')
const hour = new Date('2026-05-04T05:00:30Z')
const minuteLater = new Date('2026-05-04T05:01:30Z')

async function addPersonWithNews(): Promise<string> {
  return inSystem(async (db) => {
    const email = `person${people++}@example.org`
    const id = await insertPerson(db, { name: 'Anna', email, language: 'en', passwordHash: 'none' }, evening)
    await insertMembership(db, { personId: id, role: 'network-coordinator', cityId: null, createdBy: null, now: evening })
    await addNotices(db, [{ personId: id, cityId: null, kind: 'message-written', subject: {}, address: '/home' }], null, evening)
    return id
  })
}

const senderWith = (mailer: Mailer, settings: Config = config) =>
  new NoticeSender({ db: database(), mailer, config: settings, namesIn: () => ({ question: () => null, area: () => null }), sources: [] })

const pending = () => inSystem((db) => listPending(db, personId, 10))

beforeEach(async () => {
  rmSync(outbox, { recursive: true, force: true })
  personId = await addPersonWithNews()
})

describe('two processes at once', () => {
  it('send one digest, one urgent mail and no more', async () => {
    await inSystem((db) =>
      addNotices(db, [{ personId, cityId: null, kind: 'sign-off-asked', subject: {}, address: '/home' }], null, evening),
    )
    const senders = Array.from({ length: 4 }, () => senderWith(createMailer(config)))
    const sent = await Promise.all(senders.map((sender) => sender.send(hour)))
    expect(sent.reduce((sum, { digests }) => sum + digests, 0)).toBe(1)
    expect(sent.reduce((sum, { urgent }) => sum + urgent, 0)).toBe(1)
    expect(mailNames()).toHaveLength(2)
  })

  it('are held apart by the table of digests, should the lock ever fail', async () => {
    await inSystem((db) => insertDigest(db, { personId, day: '2026-05-04', sentAt: hour, notices: 1 }))
    await expect(inSystem((db) => insertDigest(db, { personId, day: '2026-05-04', sentAt: hour, notices: 1 }))).rejects.toThrow()
    expect(await senderWith(createMailer(config)).send(hour)).toMatchObject({ digests: 0 })
    expect(await pending()).toHaveLength(1) // waits for tomorrow
    expect(await senderWith(createMailer(config)).send(new Date('2026-05-05T05:00:30Z'))).toMatchObject({ digests: 1 })
  })
})

describe('a crash', () => {
  it('between marking and handing over loses nothing and sends once', async () => {
    const crashing: Mailer = {
      send: () => {
        throw new Error('the process ends here')
      },
    }
    await expect(senderWith(crashing).send(hour)).rejects.toThrow()
    expect(await pending()).toHaveLength(1)
    expect(await senderWith(createMailer(config)).send(minuteLater)).toMatchObject({ digests: 1 })
    expect(mailNames()).toHaveLength(1)
    expect(await pending()).toHaveLength(0)
  })

  it('between handing over and keeping that in the database repeats the same mail under the same id', async () => {
    const handingOver = createMailer(config)
    const crashing: Mailer = {
      send: async (mail) => {
        await handingOver.send(mail)
        throw new Error('the connection to the database ends here')
      },
    }
    await expect(senderWith(crashing).send(hour)).rejects.toThrow()
    const [first] = mailNames()
    expect(await senderWith(handingOver).send(minuteLater)).toMatchObject({ digests: 1 })
    expect(mailNames()).toEqual([first]) // the same name: one mail
  })
})

describe('a mail server', () => {
  it('that is away keeps everything for the next pass', async () => {
    const away = readConfig({ DATA_DIR: dataDir, SMTP_URL: 'smtp://127.0.0.1:9' }) // nobody listens there
    await expect(senderWith(createMailer(away), away).send(hour)).rejects.toThrow()
    expect(await pending()).toHaveLength(1)
    expect(await senderWith(createMailer(config)).send(new Date('2026-05-04T09:00:00Z'))).toMatchObject({ digests: 1 })
  })

  it('that refuses one address still takes the mails of the others, and is not asked again every minute', async () => {
    const other = await addPersonWithNews()
    const kept = createMailer(config)
    let asked = 0
    const refusing: Mailer = {
      send: (mail) => {
        if (mail.to !== `person${people - 2}@example.org`) return kept.send(mail)
        asked++
        throw Object.assign(new Error('no such mailbox'), { code: 'EENVELOPE' })
      },
    }
    const sender = senderWith(refusing)
    expect(await sender.send(hour)).toMatchObject({ digests: 1 })
    expect(await sender.send(minuteLater)).toMatchObject({ digests: 0 })
    expect(asked).toBe(1)
    expect(await pending()).toHaveLength(1)
    expect(await inSystem((db) => listPending(db, other, 10))).toHaveLength(0)
    await sender.send(new Date('2026-05-04T06:05:00Z'))
    expect(asked).toBe(2)
    await inSystem((db) => insertDigest(db, { personId, day: '2026-05-04', sentAt: hour, notices: 0 })) // out of the way of other tests
  })
})
