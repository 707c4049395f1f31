import { describe, expect, it } from 'vitest'
import { conversationTests, key, listed, question, say, step } from '../../../../test/conversations.ts'

const test = conversationTests()

describe('the pages', () => {
  it('work without a script: begin, answer, close with a last word, take back and get the text again', () =>
    test(async (city) => {
      const { anna, cara, page } = city
      expect(await (await anna.ask(page)).text()).toContain('Begin a conversation')
      const begun = await anna.ask(page, { form: { text: 'Is this ours?', mentions: cara.person.id, _key: 'key of form 1' } })
      expect(begun.headers.get('location')).toMatch(/\?done=written#message-[0-9a-f-]{36}$/)
      expect(await (await cara.ask('/home')).text()).toContain('What is new (1)')
      const seen = await (await cara.ask(page)).text()
      expect(seen).toMatch(/Waits for you.*Only your city reads it.*Is this ours\?.*Told: Cara Holm/s)
      expect(seen).not.toContain('What is new (1)')
      const { id } = (await listed(city, anna))[0]!
      const empty = await cara.ask(`${page}/${id}/messages`, { form: { text: ' ', form: id, _key: 'key of form 2' } })
      expect([empty.status, (await empty.text()).includes('Write something first.')]).toEqual([422, true])
      const sent = await cara.ask(`${page}/${id}/messages`, { form: { text: 'Yes & no', form: id, _key: 'key of form 3' } })
      const messageId = /message-(.+)$/.exec(sent.headers.get('location')!)![1]!
      const back = await cara.ask(`${page}/${id}/messages/${messageId}/take-back`, { form: { _key: 'key of form 4' } })
      const html = await (await cara.ask(back.headers.get('location')!)).text()
      expect(html).toMatch(/Your message is taken back.*Cara Holm has taken back a message.*<textarea[^>]*>Yes &amp; no<\/textarea>/s)
      expect(await (await anna.ask(`${page}?again=${messageId}`)).text()).not.toContain('Yes &amp; no')
      const stale = await anna.ask(`${page}/${id}/close`, {
        form: { text: 'Settled: yes.', version: '2', form: id, _key: 'key of form 5' },
      })
      expect(await stale.text()).toMatch(/Something has been added to the conversation.*>Settled: yes\.<\/textarea>/s)
      const version = String((await listed(city, anna))[0]!.version)
      await anna.ask(`${page}/${id}/close`, { form: { text: 'Settled: yes.', version, form: id, _key: 'key of form 6' } })
      expect(await (await anna.ask(page)).text()).toMatch(/One closed conversation.*Closed by Anna Berg.*Settled: yes\..*Open again/s)
    }))

  it('forget a conversation whose only message was taken back, and keep its text for another try', () =>
    test(async (city) => {
      const { anna, cara, page } = city
      const begun = await anna.ask(page, { form: { text: 'First try', _key: 'key of form 1' } })
      const messageId = /message-(.+)$/.exec(begun.headers.get('location')!)![1]!
      const { id } = (await listed(city, anna))[0]!
      const back = await anna.ask(`${page}/${id}/messages/${messageId}/take-back`, { form: { _key: 'key of form 2' } })
      const html = await (await anna.ask(back.headers.get('location')!)).text()
      expect(html).toMatch(/Begin a conversation.*<textarea[^>]*>First try<\/textarea>/s)
      expect(await listed(city, cara)).toEqual([])
      expect(await city.news(cara)).toEqual([])
    }))

  it('name the field when somebody is told who may not read it', () =>
    test(async (city) => {
      const { anna, pia, page } = city
      const form = { text: 'Pia?', mentions: pia.person.id, form: 'new', _key: 'key of form 1' }
      const refused = await (await anna.ask(page, { form })).text()
      expect(refused).toMatch(/href="#mentions-new">Somebody you ticked may not read this conversation.*value="[^"]+" checked/s)
      expect((await anna.ask(page, { form: { ...form, isShared: 'yes' } })).status).toBe(303)
      expect(await city.news(pia)).toHaveLength(1)
    }))

  it('say below each question and in the list of areas what is open and waits', () =>
    test(async (city) => {
      const { anna, cara, assessmentId } = city
      await say(city, anna, 'One')
      await say(city, anna, '@Cara two')
      const areas = await (await cara.ask(`/assessments/${assessmentId}`)).text()
      expect(areas).toMatch(
        /href="\/assessments\/[^"]+\/threads">Conversations<\/a><p class="work-link-alert">2 open, 2 wait for an answer/,
      )
      expect(await (await cara.ask(`/assessments/${assessmentId}/questions/${question}`)).text()).toContain(
        'Conversations: 2 open, waiting for you',
      )
    }))

  it('list all conversations by state', () =>
    test(async (city) => {
      const { anna, cara, assessmentId } = city
      expect(await (await cara.ask(`/assessments/${assessmentId}/threads`)).text()).toContain('No conversations yet')
      const { body } = await say(city, anna, 'Old and settled')
      await step(city, anna, body.threadId, 'close', 2)
      await say(city, anna, 'Still open')
      const show = async (which: string) => (await cara.ask(`/assessments/${assessmentId}/threads${which}`)).text()
      expect(await show('')).toMatch(/Open \(1\).*With you \(0\).*Closed \(1\).*All \(2\).*Still open/s)
      expect(await show('')).not.toContain('Old and settled')
      expect(await show('?show=closed')).toContain('Old and settled')
      expect(await show('?show=mine')).toContain('nobody has named you')
      expect(await show('?show=nonsense')).toContain('Still open')
    }))

  it('give texts their language when it is another than the reader’s', () =>
    test(async (city) => {
      await city.anna.ask(city.api, { json: { text: 'Guten Tag', language: 'de' }, headers: key() })
      expect(await (await city.cara.ask(city.page)).text()).toMatch(/<div class="thread-message-text" lang="de"><p>Guten Tag/)
      expect(await (await city.cara.ask(`${city.page}?lang=de`)).text()).toMatch(/<div class="thread-message-text"><p>Guten Tag/)
    }))
})
