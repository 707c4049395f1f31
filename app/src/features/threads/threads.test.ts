import { describe, expect, it } from 'vitest'
import { actionsOf, addCity } from '../../../test/accounts.ts'
import { addWave, clock, conversationTests, day, key, later, listed, question, say, start, step } from '../../../test/conversations.ts'
import { addPerson, type SignedInPerson, signIn } from '../../../test/signed-in.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { guestLinks } from '../../db/schema.ts'
import { AppError } from '../../errors.ts'
import { getQuestion } from '../assessments/usecases.ts'
import { listEvents } from '../audit/queries.ts'
import { writeMessageAs } from './writing.ts'

const test = conversationTests()

describe('a conversation about a question', () => {
  it('is begun, answered, closed with a last word and opened again', () =>
    test(async (city) => {
      const { anna, cara } = city
      const { body: first } = await say(city, anna, 'Do we count the *2019* charter?')
      later(1)
      expect((await say(city, cara, 'Yes.', {}, first.threadId)).status).toBe(201)
      expect(await step(city, anna, first.threadId, 'close', 3, { lastWord: { text: 'Then we do.' } })).toBe(204)
      const [closed] = await listed(city, cara)
      expect(closed).toMatchObject({ closedAt: clock.toISOString(), closedBy: 'Anna Berg' })
      expect(closed!.messages.map(({ text, writer }) => [writer.name, text])).toEqual([
        ['Anna Berg', 'Do we count the *2019* charter?'],
        ['Cara Holm', 'Yes.'],
        ['Anna Berg', 'Then we do.'],
      ])
      expect(await say(city, cara, 'One more thing', {}, first.threadId)).toMatchObject({
        status: 409,
        body: { code: 'STEP_NOT_AVAILABLE' },
      })
      expect(await step(city, cara, first.threadId, 'reopen', closed!.version)).toBe(204)
      expect((await say(city, cara, 'One more thing', {}, first.threadId)).status).toBe(201)
      expect(await actionsOf(city.prepared)).toEqual([
        'thread.started',
        'message.written',
        'message.written',
        'thread.closed',
        'thread.reopened',
        'message.written',
      ])
      const events = await inContext(city.prepared.services.db, systemContext, listEvents)
      expect(events[1]!.payload).toMatchObject({ text: 'Yes.' })
    }))

  it('is not closed by somebody who has not read the last message', () =>
    test(async (city) => {
      const { anna, cara } = city
      const { body } = await say(city, anna, 'Done, I think.')
      await say(city, cara, 'Wait.', {}, body.threadId)
      expect(await step(city, anna, body.threadId, 'close', 2)).toBe(412)
      expect(await step(city, anna, body.threadId, 'close', 3)).toBe(204)
      expect(await step(city, anna, body.threadId, 'close', 4)).toBe(409)
    }))

  it('is written once however often the same request comes', () =>
    test(async (city) => {
      const same = { json: { text: 'Once only' }, headers: key() }
      const first = await (await city.anna.ask(city.api, same)).json()
      expect(await (await city.anna.ask(city.api, same)).json()).toEqual(first)
      expect((await listed(city, city.anna))[0]!.messages).toHaveLength(1)
    }))

  it('stays with the question in the next wave, with the name of its own', () =>
    test(async (city) => {
      const { body } = await say(city, city.anna, 'Ask the school office again.')
      const next = await addWave(city.prepared, city.cityId, 'Wave 2028')
      const html = await (await city.anna.ask(`/assessments/${next}/questions/${question}/thread`)).text()
      expect(html).toMatch(/Ask the school office again\./)
      expect(html).toContain('From Wave 2026')
      const api = city.api.replace(city.assessmentId, next)
      expect((await city.cara.ask(`${api}/${body.threadId}/messages`, { json: { text: 'Still true.' }, headers: key() })).status).toBe(201)
      expect((await listed(city, city.anna))[0]!.messages).toHaveLength(2)
      const list = await (await city.anna.ask(`/assessments/${next}/threads`)).text()
      expect(list).toMatch(/Still true\..*From Wave 2026/s)
    }))

  it('refuses empty and endless messages, and conversations that are none', () =>
    test(async (city) => {
      expect((await say(city, city.anna, '   ')).status).toBe(422)
      expect((await say(city, city.anna, 'x'.repeat(5001))).status).toBe(422)
      expect((await say(city, city.anna, 'x', {}, crypto.randomUUID())).body.code).toBe('THREAD_NOT_FOUND')
      expect((await city.anna.ask(`/assessments/${city.assessmentId}/questions/none-01/thread`)).status).toBe(404)
      const stranger = await signIn(
        city.prepared,
        await addPerson(city.prepared, 'city-coordinator', await addCity(city.prepared, 'norrum')),
      )
      expect((await say(city, stranger, 'x')).status).toBe(404)
      expect((await stranger.ask(city.page)).status).toBe(404)
    }))
})

describe('who hears of a message', () => {
  it('are those named by a tick or an @, and those who took part; nobody of their own', () =>
    test(async (city) => {
      const { anna, ben, cara, news } = city
      await city.assign()
      const { body } = await say(city, anna, '@Ben do you know?', { mentions: [cara.person.id] })
      expect((await news(ben)).map(({ kind, subject }) => [kind, subject.who])).toEqual([['mentioned', 'Anna Berg']])
      expect((await news(cara)).map(({ kind }) => kind)).toEqual(['mentioned'])
      expect(await news(anna)).toEqual([])
      expect((await listed(city, ben))[0]!.waitsForYou).toBe(true)
      await say(city, ben, 'I do.', {}, body.threadId)
      expect((await news(anna)).map(({ kind }) => kind)).toEqual(['message-written'])
      expect(await news(cara)).toHaveLength(1)
      expect((await listed(city, ben))[0]!.waitsForYou).toBe(false)
    }))

  it('is the coordination when somebody begins alone', () =>
    test(async (city) => {
      await city.assign()
      await say(city, city.ben, 'Who can help me here?')
      expect(await city.news(city.anna)).toHaveLength(1)
      expect(await city.news(city.cara)).toEqual([])
    }))

  it('is nobody who may not read it', () =>
    test(async (city) => {
      const { anna, ben, pia, news } = city // the question is not assigned to ben
      await say(city, anna, '@Ben Lind and @Pia Ek')
      expect([await news(ben), await news(pia)]).toEqual([[], []])
      const refused = await say(city, anna, 'Read this', { mentions: [ben.person.id] })
      expect(refused).toMatchObject({ status: 422, body: { code: 'INPUT_INVALID' } })
      expect((await ben.ask(city.page)).status).toBe(404)
      expect(await (await ben.ask(`/assessments/${city.assessmentId}/threads`)).text()).not.toContain('Pia Ek')
    }))

  it('is nobody any more when the message is taken back within ten minutes', () =>
    test(async (city) => {
      const { anna, cara, news } = city
      await say(city, anna, 'First')
      const { body } = await say(city, anna, 'Oops, @Cara', {}, (await listed(city, anna))[0]!.id)
      expect(await news(cara)).toHaveLength(1)
      const takeBack = (who: SignedInPerson) =>
        who.ask(`${city.api}/${body.threadId}/messages/${body.messageId}/take-back`, { method: 'POST' })
      later(9)
      expect((await takeBack(cara)).status).toBe(404)
      expect((await takeBack(anna)).status).toBe(204)
      expect((await takeBack(anna)).status).toBe(204)
      expect(await news(cara)).toEqual([])
      expect((await listed(city, cara))[0]!.messages.map(({ text }) => text)).toEqual(['First', null])
      const second = await say(city, anna, 'Stays', {}, body.threadId)
      later(20)
      const late = await anna.ask(`${city.api}/${body.threadId}/messages/${second.body.messageId}/take-back`, { method: 'POST' })
      expect(late.status).toBe(409)
      expect(await late.json()).toMatchObject({ detail: expect.stringContaining('within ten minutes') as unknown })
    }))
})

describe('technical partners', () => {
  it('see and write only what is shared, and what they begin is shared', () =>
    test(async (city) => {
      const { anna, pia, news } = city
      const { body } = await say(city, anna, 'Between us')
      expect(await listed(city, pia)).toEqual([])
      expect((await say(city, pia, 'x', {}, body.threadId)).status).toBe(404)
      expect(await step(city, pia, body.threadId, 'sharing', 2, { isShared: true })).toBe(403)
      expect(await step(city, anna, body.threadId, 'sharing', 2, { isShared: true })).toBe(204)
      expect((await listed(city, pia)).map(({ id }) => id)).toEqual([body.threadId])
      expect((await say(city, pia, 'I see it now', {}, body.threadId)).status).toBe(201)
      expect(await news(anna)).toHaveLength(1)
      expect(await step(city, pia, body.threadId, 'sharing', 4, { isShared: false })).toBe(403)
      const own = await say(city, pia, 'A question of mine')
      expect((await listed(city, pia)).find(({ id }) => id === own.body.threadId)!.isShared).toBe(true)
    }))
})

describe('guests', () => {
  it('write through the same door and are named as guests', () =>
    test(async (city) => {
      const { prepared, anna, assessmentId, cityId } = city
      await inContext(prepared.services.db, systemContext, async (db) => {
        const values = {
          assessmentId,
          cityId,
          questionIds: [question],
          tokenHash: 'hash',
          name: 'School office',
          expiresAt: new Date(start.getTime() + day),
        }
        const [link] = await db.insert(guestLinks).values(values).returning({ id: guestLinks.id })
        const author = { personId: null, guestId: link!.id, name: 'School office' }
        const { assessment, instrument } = await getQuestion(db, anna.person, prepared.services.instruments, assessmentId, question)
        const place = { assessment, instrument, questionId: question }
        await writeMessageAs(db, author, place, { thread: null, text: 'Which year?', mentions: [], language: 'en' }, clock)
        await expect(writeMessageAs(db, author, place, { thread: null, text: ' ', mentions: [], language: 'en' }, clock)).rejects.toThrow(
          AppError,
        )
      })
      expect((await city.news(anna)).map(({ subject }) => subject.who)).toEqual(['School office'])
      expect(await (await anna.ask(city.page)).text()).toContain('School office (guest)')
      expect((await listed(city, anna))[0]!.messages[0]!.writer).toMatchObject({ isGuest: true })
    }))
})
