import { describe, expect, it } from 'vitest'
import { checkFramework, childrenByParent, childrenOf, type Element } from './framework.ts'

const element = (code: string, level: number, parent: string | null, weight = 1): Element => ({ code, level, parent, weight, direction: 1 })

const sound: Element[] = [
  element('index', 3, null),
  element('people', 2, 'index'),
  element('planet', 2, 'index', 0.5),
  element('schools', 1, 'people'),
  element('housing', 1, 'people', 0),
  element('air', 1, 'planet'),
]

const without = (code: string) => sound.filter((each) => each.code !== code)
const check = (elements: readonly Element[]) => checkFramework({ elements })

describe('children of an element', () => {
  it('come in the order of the framework', () => {
    expect(childrenOf({ elements: sound }, 'people').map(({ code }) => code)).toEqual(['schools', 'housing'])
    expect(childrenOf({ elements: sound.toReversed() }, 'people').map(({ code }) => code)).toEqual(['housing', 'schools'])
    expect(childrenOf({ elements: sound }, null).map(({ code }) => code)).toEqual(['index'])
  })

  it('are none for a leaf and for an unknown code', () => {
    expect(childrenOf({ elements: sound }, 'air')).toEqual([])
    expect(childrenOf({ elements: sound }, 'sea')).toEqual([])
  })

  it('are the same family by family', () => {
    const families = childrenByParent({ elements: sound })
    expect([...families.keys()]).toEqual([null, 'index', 'people', 'planet'])
    expect(families.get('people')).toEqual(childrenOf({ elements: sound }, 'people'))
  })
})

describe('checking a framework', () => {
  it('has nothing to say about a sound one, in any order', () => {
    expect(check(sound)).toEqual([])
    expect(check(sound.toReversed())).toEqual([])
  })

  it('refuses an empty one', () => {
    expect(check([])).toEqual(['The framework has no elements: it needs at least an index and one leaf.'])
  })

  it('names a code that is used twice', () => {
    expect(check([...sound, element('air', 1, 'people')])).toEqual(['Code "air" is used 2 times: every element needs a code of its own.'])
  })

  it('names an unknown parent', () => {
    expect(check([...sound, element('noise', 1, 'plant')])).toEqual([
      '"noise" names the parent "plant", which does not exist: add it or correct the name.',
    ])
  })

  it('says when there is no root and when there are several', () => {
    expect(check([...sound, element('other', 1, null)])).toEqual([
      'The framework has 2 roots (index, other): only the index has no parent.',
    ])
    expect(check(without('index')).some((message) => message.startsWith('The framework has no root'))).toBe(true)
  })

  it('spells out a cycle once, and that it has no root', () => {
    const ring = [element('a', 2, 'c'), element('b', 3, 'a'), element('c', 4, 'b'), element('leaf', 1, 'a')]
    const messages = check(ring)
    expect(messages.filter((message) => message.includes('cycle'))).toEqual([
      '"a" -> "c" -> "b" -> "a" is a cycle: an element cannot lie above itself.',
    ])
    expect(messages).toContain('The framework has no root: exactly one element, the index, has no parent.')
  })

  it('calls an element that is its own parent a cycle', () => {
    expect(check([...sound, element('self', 1, 'self')])).toContain('"self" -> "self" is a cycle: an element cannot lie above itself.')
  })

  it('names both levels where a parent is not above its child', () => {
    expect(check([...without('air'), element('air', 2, 'planet'), element('sea', 1, 'planet')])).toContain(
      '"air" has level 2 and its parent "planet" level 2: the parent\'s must be greater.',
    )
  })

  it('refuses a level that is no whole number from 1', () => {
    expect(check([...sound, element('noise', 0, 'planet')])).toEqual([
      '"noise" has level 0: a level is a whole number from 1 (leaf) upwards.',
    ])
    expect(check([...sound, element('noise', 0.5, 'planet')])).toHaveLength(1)
  })

  it('refuses a group without children', () => {
    expect(check([...sound, element('empty', 2, 'index')])).toEqual([
      '"empty" has level 2 but no children: only leaves, at level 1, have none.',
    ])
  })

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('refuses weight %d', (weight) => {
    expect(check([...sound, element('noise', 1, 'planet', weight)])).toEqual([
      `"noise" has weight ${weight}: a weight is a finite number of at least 0.`,
    ])
  })

  it('refuses siblings that all have weight 0', () => {
    expect(check([...without('air'), element('air', 1, 'planet', 0)])).toEqual([
      'All children of "planet" have weight 0: give at least one a positive weight, or weight 0 to "planet" itself.',
    ])
  })

  it('refuses a direction that is neither 1 nor -1', () => {
    const direction = Number('0') as unknown as 1
    expect(check([...sound, { ...element('noise', 1, 'planet'), direction }])).toEqual([
      '"noise" has direction 0: it is 1 (more is better) or -1 (less is better).',
    ])
  })
})
