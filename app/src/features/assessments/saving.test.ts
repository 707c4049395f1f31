import { describe, expect, it } from 'vitest'
import { emptyAnswer, neverSaved, type StoredAnswer } from './answer.ts'
import { edit, initialState, pendingPatch, receive, resolve, sending, settle } from './saving.ts'

const stored = (version: number, fields: Partial<StoredAnswer>): StoredAnswer => ({
  ...neverSaved('com-01'),
  version,
  updatedAt: '2026-01-01T00:00:00.000Z',
  author: { isGuest: false, id: 'a', name: 'Other' },
  ...fields,
})

describe('an answer that saves itself', () => {
  it('sends only the fields that changed', () => {
    const state = edit(initialState(stored(3, { options: ['yes'], explanation: 'before' })), { explanation: 'after' })
    expect(pendingPatch(state)).toEqual({ explanation: 'after' })
  })

  it('clears a field with null, and takes back "not known" when an option is chosen', () => {
    const state = initialState(stored(3, { missing: 'not-known', explanation: 'text' }))
    expect(pendingPatch(edit(state, { explanation: '' }))).toEqual({ explanation: null })
    expect(pendingPatch(edit(state, { options: ['no'] }))).toEqual({ options: ['no'], missing: null })
  })

  it('has nothing to send once the server holds the draft', () => {
    const state = edit(initialState(neverSaved('com-01')), { options: ['yes'] })
    const saved = settle(sending(state), { kind: 'saved', answer: stored(1, { options: ['yes'] }) })
    expect(saved.phase).toBe('saved')
    expect(pendingPatch(saved)).toBeNull()
  })

  it('keeps what was typed while the reply was on its way', () => {
    const sent = sending(edit(initialState(neverSaved('com-01')), { explanation: 'first' }))
    const saved = settle(edit(sent, { explanation: 'first and more' }), { kind: 'saved', answer: stored(1, { explanation: 'first' }) })
    expect(saved.draft.explanation).toBe('first and more')
    expect(pendingPatch(saved)).toEqual({ explanation: 'first and more' })
  })

  it('keeps the draft when the server cannot be reached or refuses', () => {
    const state = sending(edit(initialState(neverSaved('com-01')), { explanation: 'typed' }))
    for (const kind of ['unreachable', 'refused', 'closed'] as const)
      expect(settle(state, { kind, message: 'why' }).draft.explanation).toBe('typed')
  })

  it('knows its own save again when only the reply was lost, and goes on from it', () => {
    const first = sending(edit(initialState(stored(1, { explanation: 'old' })), { explanation: 'first' }))
    const lost = settle(first, { kind: 'unreachable', message: '' })
    const again = sending(edit(lost, { explanation: 'first and more' }))
    const known = settle(again, { kind: 'changed', current: stored(2, { explanation: 'first' }) })
    expect(known.phase).toBe('saving')
    expect(known.base.version).toBe(2)
    expect(pendingPatch(known)).toEqual({ explanation: 'first and more' })
  })

  it('takes a version of somebody else for a conflict also after a lost reply', () => {
    const first = sending(edit(initialState(stored(1, { explanation: 'old' })), { explanation: 'mine' }))
    const lost = settle(first, { kind: 'unreachable', message: '' })
    expect(settle(sending(lost), { kind: 'changed', current: stored(2, { explanation: 'theirs' }) }).phase).toBe('conflict')
  })

  it('joins changes of different fields by two people', () => {
    const state = edit(initialState(stored(1, { options: ['no'] })), { explanation: 'mine' })
    const joined = settle(state, { kind: 'changed', current: stored(2, { options: ['yes'] }) })
    expect(joined.phase).toBe('saving')
    expect(joined.draft).toEqual({ ...emptyAnswer, options: ['yes'], explanation: 'mine' })
    expect(pendingPatch(joined)).toEqual({ explanation: 'mine' })
  })

  it('asks when both changed the same field, and keeps both versions until the person decides', () => {
    const state = edit(initialState(stored(1, { explanation: 'old' })), { explanation: 'mine' })
    const clash = settle(state, { kind: 'changed', current: stored(2, { explanation: 'theirs' }) })
    expect(clash.phase).toBe('conflict')
    expect(clash.draft.explanation).toBe('mine')
    expect(clash.conflict?.explanation).toBe('theirs')
    const decided = resolve(clash, { ...emptyAnswer, explanation: 'theirs and mine' })
    expect(decided.base.version).toBe(2)
    expect(pendingPatch(decided)).toEqual({ explanation: 'theirs and mine' })
  })

  it('takes a reply that was lost for a success when the server holds the same words', () => {
    const state = edit(initialState(stored(1, {})), { explanation: 'mine' })
    const settled = settle(state, { kind: 'changed', current: stored(2, { explanation: 'mine' }) })
    expect(settled.phase).toBe('saved')
    expect(pendingPatch(settled)).toBeNull()
  })
})

describe('a version that somebody else has saved meanwhile', () => {
  const theirs = (version: number, explanation: string): StoredAnswer => ({
    ...neverSaved('q'),
    version,
    explanation,
    updatedAt: '2026-11-22T12:00:00Z',
    author: { id: 'momo', name: 'Momo', isGuest: false },
  })

  it('appears where nothing is typed', () => {
    const state = receive(initialState(neverSaved('q')), theirs(1, 'From Momo.'))
    expect([state.phase, state.draft.explanation, state.base.version]).toEqual(['saved', 'From Momo.', 1])
  })

  it('never replaces what is typed: another field stays beside it, the same field is compared', () => {
    const typed = edit(initialState(neverSaved('q')), { missing: 'not-known' })
    const beside = receive(typed, theirs(1, 'From Momo.'))
    expect([beside.draft.missing, beside.draft.explanation]).toEqual(['not-known', 'From Momo.'])
    const same = receive(edit(initialState(neverSaved('q')), { explanation: 'Mine.' }), theirs(1, 'From Momo.'))
    expect([same.phase, same.draft.explanation, same.conflict?.explanation]).toEqual(['conflict', 'Mine.', 'From Momo.'])
  })

  it('is nothing new when it is known already', () => {
    const state = initialState(theirs(3, 'Known.'))
    expect(receive(state, theirs(3, 'Known.'))).toBe(state)
    expect(receive(state, theirs(2, 'Older.'))).toBe(state)
  })
})
