import { mediaTypeOfName, mediaTypes } from './media-type.ts'
import { describe, expect, it } from 'vitest'
import {
  countCited,
  daysAfter,
  dayOf,
  detailsOfFile,
  earlierEnd,
  type EvidenceExpectation,
  evidenceNeed,
  evidenceState,
  noCitations,
  validityOf,
} from './evidence.ts'
import { plainFileName } from '../../file-name.ts'

const now = new Date('2026-03-01T10:00:00Z')

describe('until when a document is valid', () => {
  it.each([
    [null, 'valid'],
    ['2026-02-28', 'expired'],
    ['2026-03-01', 'expires-soon'], // its last day still counts
    ['2026-04-30', 'expires-soon'], // 60 days
    ['2026-05-01', 'valid'],
  ] as const)('%s is %s', (end, validity) => expect(validityOf(end, now)).toBe(validity))

  it('takes the earlier end of citation and document', () => {
    expect(earlierEnd('2026-01-01', '2027-01-01')).toBe('2026-01-01')
    expect(earlierEnd(null, '2027-01-01')).toBe('2027-01-01')
    expect(earlierEnd(null, null)).toBeNull()
  })

  it('counts days, not hours', () => {
    expect(dayOf(new Date('2026-12-31T23:59:59Z'))).toBe('2026-12-31')
    expect(daysAfter(new Date('2026-12-31T23:59:59Z'), 1)).toBe('2027-01-01')
  })
})

describe('how a question stands with its evidence', () => {
  const state = (expectation: EvidenceExpectation, ends: (string | null)[], need: 'now' | 'later' | 'none') => {
    const found = evidenceState(expectation, countCited(ends, now), need)
    return [found.state, found.isAlert]
  }
  it.each([
    ['required', [], 'now', 'missing', true],
    ['expected', [], 'now', 'missing', false],
    ['optional', [], 'now', 'not-needed', false],
    ['required', [], 'later', 'missing', false],
    ['required', [], 'none', 'not-needed', false],
    ['required', ['2026-02-01'], 'now', 'expired', true],
    ['optional', ['2026-02-01'], 'now', 'expired', true],
    ['required', ['2026-02-01', null], 'now', 'cited', false],
    ['required', ['2026-03-20'], 'now', 'expires-soon', false],
  ] as const)('%s with %j, needed %s: %s', (expectation, ends, need, expected, isAlert) =>
    expect(state(expectation, [...ends], need)).toEqual([expected, isAlert]),
  )

  it('needs a proof for what earns points, and for nothing else', () => {
    const options = [
      { id: 'yes', points: 2 },
      { id: 'no', points: 0 },
    ]
    expect(evidenceNeed(options, { options: ['yes'], missing: null })).toBe('now')
    expect(evidenceNeed(options, { options: ['no'], missing: null })).toBe('none')
    expect(evidenceNeed(options, { options: null, missing: 'not-applicable' })).toBe('none')
    expect(evidenceNeed(options, { options: null, missing: null })).toBe('later')
    expect(evidenceNeed(options, undefined)).toBe('later')
    expect(noCitations).toEqual({ valid: 0, expiresSoon: 0, expired: 0 })
  })
})

describe('what a file name says', () => {
  it('is title and kind until somebody describes the file', () => {
    expect(detailsOfFile('Ratsbeschluss_2024-05-12.pdf', mediaTypes.pdf)).toMatchObject({
      title: 'Ratsbeschluss 2024-05-12',
      kind: 'decision',
    })
    expect(detailsOfFile('IMG_0001.JPG', mediaTypes.jpg)).toMatchObject({ title: 'IMG 0001', kind: 'photo', releaseLevel: 'private' })
    expect(detailsOfFile('.pdf', mediaTypes.pdf).title).toBe('.pdf')
  })

  it('decides the type that is promised', () => {
    expect(mediaTypeOfName('A.JPEG')).toBe(mediaTypes.jpg)
    expect(mediaTypeOfName('plan.pdf.exe')).toBeNull()
    expect(mediaTypeOfName('plan')).toBeNull()
    expect(mediaTypeOfName('a.constructor')).toBeNull()
  })

  it('loses folders, control characters and signs that turn the reading direction', () => {
    expect(plainFileName('C:\\Akten\\plan\u{202e}fdp.exe')).toBe('planfdp.exe')
    expect(plainFileName('../../etc/passwd\r\n')).toBe('passwd')
    expect(plainFileName(`${'x'.repeat(300)}.pdf`)).toMatch(/^x{196}\.pdf$/)
    expect(plainFileName('')).toBe('file')
  })
})
