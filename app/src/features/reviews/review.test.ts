import { describe, expect, it } from 'vitest'
import { areRevealed, type Review, stageOf } from './review.ts'

const at = new Date('2026-05-01')
const first = { part: 'first' as const, signedAt: at }
const second = { part: 'second' as const, signedAt: at }
const open = { sharedAt: null, closedAt: null, signedAt: null, publishedAt: null, withdrawnAt: null } as Review

describe('two experts', () => {
  it.each([
    ['nobody is assigned', [], false],
    ['only the first is assigned', [first], false],
    ['only the second is assigned', [second], false],
    ['the second has not signed', [first, { ...second, signedAt: null }], false],
    ['the first has not signed', [{ ...first, signedAt: null }, second], false],
    ['both have signed', [first, second], true],
  ])('see what the other decided only when both have signed: %s', (_, assignments, expected) => {
    expect(areRevealed(assignments)).toBe(expected)
  })
})

describe('the stage of a review', () => {
  it('follows the step that was taken last, and a withdrawal goes before all', () => {
    expect(stageOf(open, [first])).toBe('reviewing')
    expect(stageOf(open, [first, second])).toBe('adjudicating')
    expect(stageOf({ ...open, sharedAt: at }, [first, second])).toBe('replying')
    expect(stageOf({ ...open, sharedAt: at, closedAt: at }, [first, second])).toBe('closed')
    expect(stageOf({ ...open, sharedAt: at, closedAt: at, signedAt: at }, [first, second])).toBe('signed')
    expect(stageOf({ ...open, sharedAt: at, closedAt: at, signedAt: at, publishedAt: at }, [first, second])).toBe('published')
    expect(stageOf({ ...open, sharedAt: at, withdrawnAt: at }, [first, second])).toBe('withdrawn')
  })
})
