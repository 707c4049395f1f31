import { describe, expect, it } from 'vitest'
import { findCommonCore, scoreCommonCore, type Crosswalk } from './common-core.ts'

const first: Crosswalk = {
  from: '1',
  to: '2',
  entries: [
    { kind: 'same', from: ['a'], to: ['a'], comparability: 'full' },
    { kind: 'reworded', from: ['b'], to: ['b2'], comparability: 'limited' },
    { kind: 'split', from: ['c'], to: ['c1', 'c2'], comparability: 'full' },
    { kind: 'dropped', from: ['d'], to: [], comparability: 'none' },
    { kind: 'same', from: ['e'], to: ['e'], comparability: 'full' },
    { kind: 'new', from: [], to: ['n'], comparability: 'none' },
  ],
}
const second: Crosswalk = {
  from: '2',
  to: '3',
  entries: [
    { kind: 'merged', from: ['a', 'e'], to: ['ae'], comparability: 'full' },
    { kind: 'same', from: ['b2'], to: ['b2'], comparability: 'full' },
    { kind: 'same', from: ['c1'], to: ['c1'], comparability: 'full' },
    { kind: 'reworded', from: ['c2'], to: ['c3'], comparability: 'limited' },
    { kind: 'same', from: ['n'], to: ['n'], comparability: 'full' },
  ],
}

describe('findCommonCore', () => {
  it('keeps what is fully comparable over one step', () => {
    const core = findCommonCore([first])
    expect(core.members).toEqual([
      { ids: [['a'], ['a']], comparability: 'full' },
      { ids: [['c'], ['c1', 'c2']], comparability: 'full' },
      { ids: [['e'], ['e']], comparability: 'full' },
    ])
    expect(core.outside).toEqual([
      ['b', 'd'],
      ['b2', 'n'],
    ])
  })

  it('follows splits and merges over two steps', () => {
    const core = findCommonCore([first, second], 'limited')
    expect(core.versions).toEqual(['1', '2', '3'])
    expect(core.members).toEqual([
      { ids: [['a', 'e'], ['a', 'e'], ['ae']], comparability: 'full' },
      { ids: [['b'], ['b2'], ['b2']], comparability: 'limited' },
      { ids: [['c'], ['c1', 'c2'], ['c1', 'c3']], comparability: 'limited' },
    ])
    expect(core.outside).toEqual([['d'], ['n'], ['n']])
    expect(findCommonCore([first, second]).members).toHaveLength(1)
  })

  it('names an entry that does not fit its kind, a question named twice, and gaps between versions', () => {
    const wrong: Crosswalk = { ...first, entries: [{ kind: 'split', from: ['a'], to: ['a1'], comparability: 'full' }] }
    expect(() => findCommonCore([wrong])).toThrow('Cross-walk 1 to 2: split [a] to [a1] needs one question before and several after')
    const twice: Crosswalk = { ...first, entries: [...first.entries, { kind: 'dropped', from: ['a'], to: [], comparability: 'none' }] }
    expect(() => findCommonCore([twice])).toThrow(/question a stands in two entries/)
    expect(() => findCommonCore([first, { ...second, from: '2b' }])).toThrow(/follows the one that ends at 2/)
    expect(() => findCommonCore([first, { ...second, entries: second.entries.slice(1) }])).toThrow(/Question a of version 2/)
    expect(() => findCommonCore([])).toThrow(/No cross-walk/)
  })
})

describe('scoreCommonCore', () => {
  const core = findCommonCore([first])

  it('averages the questions that stand for one member, by weight and without those that have no score', () => {
    const scores = new Map([
      ['a', 50],
      ['c1', 20],
      ['c2', 80],
      ['e', null],
    ])
    expect(scoreCommonCore(core, '2', scores, new Map([['c1', 3]]))).toEqual([50, 35, null]) // (3 * 20 + 80) / 4
  })

  it('names a question without entry and a version that is not there', () => {
    expect(() => scoreCommonCore(core, '1', new Map([['a', 5]]))).toThrow(/Question c of version 1 has no entry/)
    expect(() => scoreCommonCore(core, '9', new Map())).toThrow(/Version 9 is not among 1, 2/)
  })
})
