import { randomUUID } from 'node:crypto'
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { addCity, readOutbox } from '../../../test/accounts.ts'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { addPerson } from '../../../test/signed-in.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { digests, notices } from '../../db/schema.ts'
import type { Person } from '../../permissions.ts'
import { updatePerson } from '../accounts/queries.ts'
import { markEnded } from '../accounts/membership-queries.ts'
import { elementNames } from '../instrument/names.ts'
import type { DueSource, NewNotice } from './notice.ts'
import { addNotices, listPending, markSeen, updateDigestSettings, withdrawNotices } from './queries.ts'
import { NoticeSender } from './sender.ts'

const { rolledBack, dataDir } = testDatabase()
const outbox = join(dataDir, 'outbox')

beforeEach(() => rmSync(outbox, { recursive: true, force: true }))

const mails = () => readOutbox(dataDir, 0)
const at = (text: string) => new Date(text)

interface Scene {
  prepared: Prepared
  person: Person
  cityId: string
  tell: (when: Date, notice?: Partial<NewNotice>) => Promise<string[]>
  sender: NoticeSender
  pass: (when: string, isForced?: boolean) => ReturnType<NoticeSender['send']>
}

const senderOf = ({ services }: Prepared, sources: readonly DueSource[] = []) =>
  new NoticeSender({ ...services, namesIn: (language) => elementNames(services.instruments.current, language), sources })

/** Somebody in a city who wants the digest at 7 in Berlin. */
function scene(work: (scene: Scene) => Promise<void>, sources?: (person: Person, cityId: string) => readonly DueSource[]): Promise<void> {
  return rolledBack(async (prepared) => {
    const cityId = await addCity(prepared, 'vadsta')
    const person = await addPerson(prepared, 'city-coordinator', cityId, 'Anna')
    const sender = senderOf(prepared, sources?.(person, cityId))
    const inSystem = <T>(run: Parameters<typeof inContext<T>>[2]) => inContext(prepared.services.db, systemContext, run)
    const tell: Scene['tell'] = (when, notice = {}) =>
      inSystem((db) => addNotices(db, [{ ...aboutQuestion(person.id, cityId), ...notice }], null, when))
    await work({ prepared, person, cityId, tell, sender, pass: (when, isForced) => sender.send(at(when), isForced) })
  })
}

const aboutQuestion = (personId: string, cityId: string): NewNotice => ({
  personId,
  cityId,
  kind: 'message-written',
  subject: { who: 'Ben', question: 'com-01' },
  address: `/assessments/x/questions/com-01/thread#message-${randomUUID()}`,
})

describe('the digest', () => {
  it('comes once, at the hour of the person, with everything until half an hour before', () =>
    scene(async ({ tell, pass }) => {
      await tell(at('2026-05-03T15:00:00Z'))
      await tell(at('2026-05-04T04:20:00Z'), { kind: 'mentioned' })
      await tell(at('2026-05-04T04:40:00Z'), { kind: 'suggestion-made' }) // 20 minutes before the hour
      expect(await pass('2026-05-04T04:59:00Z')).toEqual({ urgent: 0, digests: 0, reminders: 0 })
      expect(await pass('2026-05-04T05:00:10Z')).toMatchObject({ digests: 1 })
      expect(await pass('2026-05-04T05:01:10Z')).toMatchObject({ digests: 0 })
      expect(await pass('2026-05-04T20:00:00Z')).toMatchObject({ digests: 0 })
      const [first] = await mails()
      expect(first).toContain('Subject: Tessera: 2 things are new')
      expect(first).toContain('Hello Anna,')
      expect(first).toMatch(/vadsta\n\n- Ben has written in a conversation: question \d+/)
      expect(first).toMatch(/http:\/\/localhost:3000\/assessments\/x\/questions\/com-01\/thread#message-/)
      expect(first).toContain('http://localhost:3000/account/notices')
      expect(first).not.toContain('suggests an answer')
      expect(await pass('2026-05-05T05:00:10Z')).toMatchObject({ digests: 1 })
      expect((await mails())[1]).toContain('suggests an answer')
    }))

  it('is forgotten after 90 days, with the notices it held', () =>
    scene(async ({ prepared, tell, pass }) => {
      const kept = async () =>
        inContext(prepared.services.db, systemContext, async (db) => [await db.$count(notices), await db.$count(digests)])
      await tell(at('2026-05-04T04:20:00Z'))
      await pass('2026-05-04T05:00:10Z')
      expect(await kept()).toEqual([1, 1])
      await pass('2026-08-02T04:00:00Z') // the 90th day
      expect(await kept()).toEqual([1, 1])
      await pass('2026-08-03T05:00:10Z')
      expect(await kept()).toEqual([0, 0])
    }))

  it('comes at the hour of another zone, in the language of the person, and never to those who want none', () =>
    scene(async ({ prepared, person, cityId, tell, pass }) => {
      const none = await addPerson(prepared, 'approver', cityId, 'Nora')
      await inContext(prepared.services.db, systemContext, async (db) => {
        await updateDigestSettings(db, person.id, { hour: 18, zone: 'America/New_York' }, at('2026-05-01T00:00:00Z'))
        await updatePerson(db, person.id, { name: 'Änne', language: 'de' }, at('2026-05-01T00:00:00Z'))
        await updateDigestSettings(db, none.id, { hour: null, zone: 'Europe/Berlin' }, at('2026-05-01T00:00:00Z'))
      })
      await tell(at('2026-05-04T10:00:00Z'))
      await tell(at('2026-05-04T10:00:00Z'), { personId: none.id })
      expect(await pass('2026-05-04T21:59:00Z')).toMatchObject({ digests: 0 })
      expect(await pass('2026-05-04T22:00:00Z')).toMatchObject({ digests: 1 }) // 18:00 in New York
      const [mail] = await mails()
      expect(mail).toContain('Neuigkeit')
      expect(mail).toContain('um 18 Uhr (America/New_York)')
      expect(await pass('2026-05-06T22:00:00Z')).toMatchObject({ digests: 0 })
    }))

  it.each([
    ['in March, at an hour that is left out', '2026-03-29', 2, ['2026-03-29T01:00:30Z', '2026-03-29T01:30:00Z', '2026-03-29T02:00:30Z']],
    ['in October, at an hour that comes twice', '2026-10-25', 2, ['2026-10-25T00:00:30Z', '2026-10-25T00:30:00Z', '2026-10-25T01:00:30Z']],
  ])('comes exactly once on the night on which clocks change %s', (_name, day, hour, moments) =>
    scene(async ({ prepared, person, tell, pass }) => {
      await inContext(prepared.services.db, systemContext, (db) =>
        updateDigestSettings(db, person.id, { hour, zone: 'Europe/Berlin' }, at('2026-01-01T00:00:00Z')),
      )
      for (const hours of [12, 11, 10]) await tell(new Date(Date.parse(moments[0]!) - hours * 3_600_000))
      const before = new Date(Date.parse(moments[0]!) - 60_000).toISOString()
      expect(await pass(before)).toMatchObject({ digests: 0 })
      const sent = []
      for (const moment of moments) {
        sent.push((await pass(moment)).digests)
        await tell(new Date(Date.parse(moment) - 45 * 60_000)) // more that would fit
      }
      expect(sent).toEqual([1, 0, 0])
      expect(readdirSync(outbox)).toHaveLength(1)
      expect(readdirSync(outbox)[0]).toContain(day)
    }),
  )

  it('leaves out what was undone within half an hour, what was seen in Tessera, and what is about a city one has left', () =>
    scene(async ({ prepared, person, cityId, tell, pass }) => {
      const slip = `/assessments/x/questions/com-01/thread#message-${randomUUID()}`
      await tell(at('2026-05-04T04:10:00Z'), { address: slip })
      await inContext(prepared.services.db, systemContext, (db) => withdrawNotices(db, [slip], at('2026-05-04T04:18:00Z')))
      const [seen] = await tell(at('2026-05-04T03:00:00Z'))
      await inContext(prepared.services.db, systemContext, (db) => markSeen(db, person.id, { ids: [seen!] }, at('2026-05-04T04:00:00Z')))
      const former = await addPerson(prepared, 'approver', cityId, 'Former')
      await tell(at('2026-05-04T03:00:00Z'), { personId: former.id })
      await inContext(prepared.services.db, systemContext, (db) => markEnded(db, former.memberships[0]!.id, at('2026-05-04T04:00:00Z')))
      expect(await pass('2026-05-04T05:00:30Z')).toEqual({ urgent: 0, digests: 0, reminders: 0 })
      expect(await mails()).toEqual([])
    }))

  it('that a night without the server left out comes with the next pass of the same day', () =>
    scene(async ({ tell, pass }) => {
      await tell(at('2026-05-03T15:00:00Z'))
      expect(await pass('2026-05-04T13:37:00Z')).toMatchObject({ digests: 1 })
    }))

  it('names the first forty things and says how many more there are', () =>
    scene(async ({ tell, pass }) => {
      for (let i = 0; i < 42; i++) await tell(at('2026-05-03T15:00:00Z'), { subject: { who: `Person ${i}`, question: 'com-01' } })
      await pass('2026-05-04T05:00:30Z')
      const [mail] = await mails()
      expect(mail).toContain('Subject: Tessera: 42 things are new')
      expect(mail!.match(/^- /gm)).toHaveLength(40)
      expect(mail).toContain('And 2 more: http://localhost:3000/notices')
    }))
})

it('tells the same thing once, with how often it happened and the latest place', () =>
  scene(async ({ tell, pass }) => {
    await tell(at('2026-05-03T15:00:00Z'), { address: '/assessments/x#first' })
    await tell(at('2026-05-03T16:00:00Z'), { address: '/assessments/x#second' })
    await pass('2026-05-04T05:00:30Z')
    const [mail] = await mails()
    expect(mail!.match(/^- /gm)).toHaveLength(1)
    expect(mail).toMatch(/^- 2 times: Ben has written [^\n]+\n {2}http:\/\/localhost:3000\/assessments\/x#second$/m)
  }))

describe('what cannot wait', () => {
  it('comes after five minutes, in one mail, and does not stand in the digest again', () =>
    scene(async ({ tell, pass }) => {
      await tell(at('2026-05-04T12:00:00Z'), { kind: 'sign-off-asked', subject: { step: 'Mayor' } })
      await tell(at('2026-05-04T12:02:00Z'), { kind: 'answers-sent-back', subject: { who: 'Ben', question: 'com-01', note: 'Which law?' } })
      expect(await pass('2026-05-04T12:04:59Z')).toMatchObject({ urgent: 0 })
      expect(await pass('2026-05-04T12:07:00Z')).toMatchObject({ urgent: 1 })
      expect(await pass('2026-05-04T12:08:00Z')).toMatchObject({ urgent: 0 })
      const [mail] = await mails()
      expect(mail).toContain('Subject: Tessera: 2 things wait for you')
      expect(mail).toContain('vadsta waits for your signature: Mayor.')
      expect(mail).toMatch(/Which law\?/)
      expect(await pass('2026-05-05T05:00:30Z')).toMatchObject({ digests: 0 })
    }))

  it('is never sent when it is undone in time', () =>
    scene(async ({ prepared, tell, pass }) => {
      await tell(at('2026-05-04T12:00:00Z'), { kind: 'sign-off-asked', address: '/assessments/x/sign-off' })
      await inContext(prepared.services.db, systemContext, (db) =>
        withdrawNotices(db, ['/assessments/x/sign-off'], at('2026-05-04T12:04:00Z')),
      )
      expect(await pass('2026-05-04T12:06:00Z')).toMatchObject({ urgent: 0 })
      expect(await mails()).toEqual([])
    }))
})

describe('reminders', () => {
  const due =
    (person: Person, cityId: string): DueSource =>
    async (_db, day) => [
      {
        personId: person.id,
        cityId,
        kind: 'assignment-due',
        subject: { question: 'com-01', dueOn: '2026-05-08' },
        address: '/assessments/x/questions/com-01',
      },
      ...(day >= '2026-05-05'
        ? [
            {
              personId: person.id,
              cityId,
              kind: 'evidence-expires' as const,
              subject: { document: 'Charter', dueOn: '2026-06-01' },
              address: '/cities/vadsta/evidence',
            },
          ]
        : []),
    ]

  it('are asked for at the hour of the person, are in the digest of that hour, and are never given twice', () =>
    scene(
      async ({ prepared, person, cityId, pass }) => {
        expect(await pass('2026-05-04T04:59:30Z')).toEqual({ urgent: 0, digests: 0, reminders: 0 })
        expect(await pass('2026-05-04T05:00:30Z')).toEqual({ urgent: 0, digests: 1, reminders: 1 })
        expect((await mails())[0]).toMatch(/Please answer question \d+ .* by 8 May 2026\./)
        expect(await pass('2026-05-04T05:01:30Z')).toMatchObject({ reminders: 0 })
        // a server that starts again asks again for the day, and finds that all were given
        expect(await senderOf(prepared, [due(person, cityId)]).send(at('2026-05-04T09:00:00Z'))).toEqual({
          urgent: 0,
          digests: 0,
          reminders: 0,
        })
        expect(await pass('2026-05-05T05:00:30Z')).toEqual({ urgent: 0, digests: 1, reminders: 1 })
        expect((await mails())[1]).toMatch(/Evidence runs out on 1 June 2026: .*Charter/)
      },
      (person, cityId) => [due(person, cityId)],
    ))

  it('are also made for people without a daily mail', () =>
    scene(
      async ({ prepared, person, pass }) => {
        await inContext(prepared.services.db, systemContext, (db) =>
          updateDigestSettings(db, person.id, { hour: null, zone: 'Europe/Berlin' }, at('2026-05-01T00:00:00Z')),
        )
        expect(await pass('2026-05-04T05:00:30Z')).toEqual({ urgent: 0, digests: 0, reminders: 1 })
        expect(await inContext(prepared.services.db, systemContext, (db) => listPending(db, person.id, 10))).toHaveLength(1)
      },
      (person, cityId) => [due(person, cityId)],
    ))
})

it('sends at once what an operator asks for, and still one digest a day', () =>
  scene(async ({ tell, pass }) => {
    await tell(at('2026-05-04T11:59:00Z'))
    await tell(at('2026-05-04T11:59:00Z'), { kind: 'sign-off-asked' })
    expect(await pass('2026-05-04T12:00:00Z', true)).toEqual({ urgent: 1, digests: 1, reminders: 0 })
    await tell(at('2026-05-04T12:01:00Z'))
    expect(await pass('2026-05-04T12:02:00Z', true)).toEqual({ urgent: 0, digests: 0, reminders: 0 })
  }))
