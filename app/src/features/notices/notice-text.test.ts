import { describe, expect, it } from 'vitest'
import { languages } from '../../text/catalogue.ts'
import { translator } from '../../text/text.ts'
import { type NoticeSubject, noticeKinds } from './notice.ts'
import { noticeQuote, noticeSentence, shorten } from './notice-text.ts'

const names = {
  question: (id: string) => (id === 'edu-03' ? { number: 12, text: 'Are there language courses?' } : null),
  area: () => 'Education',
}
const city = { id: 'c', name: 'Vadsta' }
const full: NoticeSubject = {
  who: 'Anna',
  to: 'Ben',
  question: 'edu-03',
  wave: 'Wave 2026',
  step: 'Mayor',
  dueOn: '2026-05-04',
  decision: 'accepted',
}

describe('the sentence of a notice', () => {
  it.each(languages)('is one sentence for every kind, with all its values and with none (%s)', (language) => {
    const t = translator(language)
    for (const kind of noticeKinds)
      for (const subject of [full, {}, { ...full, decision: 'declined' as const }]) {
        const sentence = noticeSentence(t, { kind, subject, city }, names)
        expect(sentence, kind).toMatch(/^\P{Ll}.*\.$/u)
        expect(sentence, kind).not.toMatch(/notices\.|undefined|\{|\n/)
      }
  })

  it('names question, day and city in the words of the reader', () => {
    const due = { kind: 'question-assigned', subject: full, city } as const
    expect(noticeSentence(translator('en'), due, names)).toBe(
      'Anna asks you to answer question 12 (“Are there language courses?”) by 4 May 2026.',
    )
    expect(noticeSentence(translator('de'), due, names)).toBe(
      'Anna bittet Sie um Antwort bis zum 4. Mai 2026: Frage 12 („Are there language courses?“).',
    )
    const gone = { kind: 'mentioned', subject: { who: 'Anna', question: 'old-01' }, city } as const
    expect(noticeSentence(translator('en'), gone, names)).toBe(
      'Anna mentions you in a conversation: question old-01 of an earlier questionnaire.',
    )
  })

  it('says whether something was taken over or not', () => {
    const decided = (decision: 'accepted' | 'declined') =>
      noticeSentence(translator('en'), { kind: 'figure-decided', subject: { who: 'Anna', figure: 'population', decision }, city }, names)
    expect(decided('accepted')).toBe('Anna has taken over the figure you proposed: Inhabitants.')
    expect(decided('declined')).toBe('Anna has not taken over the figure you proposed: Inhabitants.')
  })
})

describe('what somebody wrote with it', () => {
  it('is cut at a word and kept on one line', () => {
    expect(shorten('one two\nthree', 40)).toBe('one two three')
    expect(shorten('one two three', 9)).toBe('one two…')
    expect(shorten('Donaudampfschifffahrt', 10)).toBe('Donaudamp…')
    expect(noticeQuote({ subject: {} })).toBeNull()
    expect(noticeQuote({ subject: { note: 'Please name the law.' } })).toBe('Please name the law.')
  })
})
