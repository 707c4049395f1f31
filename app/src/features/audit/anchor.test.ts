import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { appendAnchor, findLostAnchor, readAnchors } from './anchor.ts'

const hash = (digit: string) => digit.repeat(64)
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tessera-anchor-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('the file outside of the database', () => {
  it('grows by a line for each new head, and not when nothing happened', () => {
    appendAnchor(folder, { at: '2026-01-01T00:00:00.000Z', seq: 3, hash: hash('a') })
    appendAnchor(folder, { at: '2026-01-02T00:00:00.000Z', seq: 3, hash: hash('a') })
    appendAnchor(folder, { at: '2026-01-03T00:00:00.000Z', seq: 5, hash: hash('b') })
    expect(readAnchors(folder).map(({ seq }) => seq)).toEqual([3, 5])
    expect(readFileSync(join(folder, 'audit-anchor'), 'utf8').split('\n')).toHaveLength(3)
  })

  it('counts only what was written since the last restore, and no line that is not whole', () => {
    appendAnchor(folder, { at: '2026-01-01T00:00:00.000Z', seq: 9, hash: hash('a') })
    appendAnchor(folder, { at: '2026-01-02T00:00:00.000Z', seq: 4, hash: hash('b'), isRestore: true })
    appendFileSync(join(folder, 'audit-anchor'), '2026-01-03T00:00:00.000Z 6 abc')
    expect(readAnchors(folder).map(({ seq }) => seq)).toEqual([4])
  })

  it('knows none where there is no file', () => {
    expect(readAnchors(join(folder, 'nowhere'))).toEqual([])
  })
})

describe('comparing with the chain', () => {
  const anchors = [
    { at: '2026-01-01T00:00:00.000Z', seq: 2, hash: hash('a') },
    { at: '2026-01-02T00:00:00.000Z', seq: 4, hash: hash('b') },
  ]

  it('finds nothing while every anchor is kept', () => {
    expect(
      findLostAnchor(
        anchors,
        new Map([
          [2, hash('a')],
          [4, hash('b')],
        ]),
      ),
    ).toBeNull()
  })

  it('finds a chain whose end was cut off, and one that was written anew', () => {
    expect(findLostAnchor(anchors, new Map([[2, hash('a')]]))).toBe(anchors[1])
    expect(
      findLostAnchor(
        anchors,
        new Map([
          [2, hash('c')],
          [4, hash('b')],
        ]),
      ),
    ).toBe(anchors[0])
  })
})
