import { describe, expect, it } from 'vitest'
import { chosenValues, patchOfChoice } from './choice.ts'

const multiple = { type: 'multiple' } as const

describe('choosing in the form', () => {
  it('takes one option of a single question', () => {
    expect(patchOfChoice({ type: 'single' }, ['yes'], ['no'])).toEqual({ options: ['yes'], missing: null })
  })
  it('takes "we do not know" as missing, not as an option', () => {
    expect(patchOfChoice({ type: 'single' }, ['_not-known'], ['no'])).toEqual({ options: null, missing: 'not-known' })
  })
  it('lets "none" replace the ticks, and a tick replace "none"', () => {
    expect(patchOfChoice(multiple, ['a', 'b', 'none'], ['a', 'b'])).toEqual({ options: ['none'], missing: null })
    expect(patchOfChoice(multiple, ['none', 'a'], ['none'])).toEqual({ options: ['a'], missing: null })
  })
  it('removes a tick and keeps the others', () => {
    expect(patchOfChoice(multiple, ['a'], ['a', 'b'])).toEqual({ options: ['a'], missing: null })
    expect(patchOfChoice(multiple, [], ['a'])).toEqual({ options: null, missing: null })
  })
  it('shows a missing answer as its own value', () => {
    expect(chosenValues({ options: null, missing: 'not-applicable' })).toEqual(['_not-applicable'])
    expect(chosenValues({ options: ['a', 'b'], missing: null })).toEqual(['a', 'b'])
    expect(chosenValues({ options: null, missing: null })).toEqual([])
  })
})
