import { describe, expect, it } from 'vitest'
import type { Assignment } from '../assessments/assignment.ts'
import { type Colleague, hosts, type Readership, readersOf } from './readers.ts'
import {
  canTakeBack,
  hasContent,
  isUnanswered,
  lastMoment,
  mentionedIn,
  type Message,
  type Thread,
  tookPart,
  unknownNames,
  waitsFor,
} from './thread.ts'

const people = [
  { id: 'a', name: 'Anna Berg' },
  { id: 'b', name: 'Anna Berger' },
  { id: 'c', name: 'Jürgen Öz' },
  { id: 'd', name: 'Dana' },
]

describe('names after an @', () => {
  it('are found in full, whatever their case, the longest first', () => {
    expect(mentionedIn('@Anna Berger, please', people)).toEqual(['b'])
    expect(mentionedIn('@anna berg, please. @JÜRGEN ÖZ?', people)).toEqual(['a', 'c'])
    expect(mentionedIn('(@Dana) and @Dana', people)).toEqual(['d'])
  })

  it('are also found by the first name when only one person has it', () => {
    expect(mentionedIn('@Jürgen: do you know?', people)).toEqual(['c'])
    expect(mentionedIn('@Anna: do you know?', people)).toEqual([])
  })

  it('are not found in addresses, in longer words and without the sign', () => {
    expect(mentionedIn('Write to anna@dana.example', people)).toEqual([])
    expect(mentionedIn('@Danas paper, Dana said', people)).toEqual([])
    expect(mentionedIn('@', people)).toEqual([])
    expect(mentionedIn('@ Dana @@Dana', people)).toEqual(['d'])
  })
})

it('finds words after an @ that are nobody’s name', () => {
  expect(unknownNames('@Dana, @Contributor and @Anna; write to a@b.example', people)).toEqual(['@Contributor', '@Anna'])
})

const minute = 60_000
const start = Date.parse('2026-05-04T08:00:00Z')

function message(by: string, minutes: number, more: Partial<Message> = {}): Message {
  const writer = { id: by, name: by, isGuest: false }
  return {
    id: `${by}${minutes}`,
    text: 'text',
    language: 'en',
    mentions: [],
    writer,
    createdAt: new Date(start + minutes * minute),
    withdrawnAt: null,
    ...more,
  }
}

const thread = (messages: Message[], more: Partial<Thread> = {}): Thread => ({
  id: 't',
  questionId: 'q',
  assessmentId: 'x',
  wave: { name: 'Wave' },
  isShared: false,
  version: 1,
  createdAt: new Date(start),
  closedAt: null,
  closedBy: null,
  messages,
  ...more,
})

describe('a conversation', () => {
  it('waits for those who are named, until they have written or it is closed', () => {
    const asked = thread([message('a', 0, { mentions: ['b'] })])
    expect([waitsFor(asked, 'b'), waitsFor(asked, 'a'), waitsFor(asked, 'c')]).toEqual([true, false, false])
    expect(waitsFor(thread([...asked.messages, message('b', 1)]), 'b')).toBe(false)
    expect(waitsFor(thread([message('b', 0), message('a', 1, { mentions: ['b'] })]), 'b')).toBe(true)
    expect(waitsFor({ ...asked, closedAt: new Date(start) }, 'b')).toBe(false)
    expect(waitsFor(thread([message('a', 0, { mentions: ['b'], withdrawnAt: new Date(start) })]), 'b')).toBe(false)
  })

  it('is unanswered while only one person has written', () => {
    expect(isUnanswered(thread([message('a', 0), message('a', 1)]))).toBe(true)
    expect(isUnanswered(thread([message('a', 0), message('b', 1)]))).toBe(false)
    expect(isUnanswered(thread([message('a', 0)], { closedAt: new Date(start) }))).toBe(false)
  })

  it('ends with its last standing message, or with its closing', () => {
    const messages = [message('a', 0), message('b', 5, { withdrawnAt: new Date(start) })]
    expect(lastMoment(thread(messages))).toEqual(new Date(start))
    expect(lastMoment(thread(messages, { closedAt: new Date(start + 9 * minute) }))).toEqual(new Date(start + 9 * minute))
    expect(tookPart(thread(messages), 'b')).toBe(false)
    expect(hasContent(thread([messages[1]!]))).toBe(false)
  })

  it('lets a message be taken back for ten minutes', () => {
    const said = message('a', 0)
    expect(canTakeBack(said, new Date(start + 10 * minute - 1))).toEqual({ ok: true })
    expect(canTakeBack(said, new Date(start + 10 * minute))).toEqual({ ok: false, reason: 'threads.step.tooLate' })
  })
})

describe('who reads a conversation', () => {
  const colleague = (id: string, roles: Colleague['roles'], more: Partial<Colleague> = {}): Colleague => ({
    id,
    name: id,
    roles,
    departmentIds: [],
    hasReadRight: false,
    ...more,
  })
  const colleagues = [
    colleague('coordinator', ['city-coordinator']),
    colleague('approver', ['approver']),
    colleague('school', ['contributor'], { departmentIds: ['schools'] }),
    colleague('housing', ['contributor'], { departmentIds: ['housing'] }),
    colleague('partner', ['technical-partner'], { hasReadRight: true }),
    colleague('revoked', ['technical-partner']),
  ]
  const assignment = { department: { id: 'schools', name: 'Schools' }, person: null, contact: null } as unknown as Assignment
  const readership: Readership = { colleagues, assignment, contributorsSeeAll: false }
  const ids = (found: readonly Colleague[]) => found.map(({ id }) => id)

  it('is the city, contributors only for what is theirs, and technical partners if it is shared and they may read', () => {
    expect(ids(readersOf(readership, false))).toEqual(['coordinator', 'approver', 'school'])
    expect(ids(readersOf(readership, true))).toEqual(['coordinator', 'approver', 'school', 'partner'])
    expect(ids(readersOf({ ...readership, contributorsSeeAll: true }, false))).toEqual(['coordinator', 'approver', 'school', 'housing'])
    expect(ids(readersOf({ ...readership, assignment: undefined }, false))).toEqual(['coordinator', 'approver'])
  })

  it('is looked after by the coordination and whoever answers the question', () => {
    expect(hosts(readership)).toEqual(['coordinator'])
    const named = { ...assignment, person: { id: 'housing', name: 'housing' } } as Assignment
    expect(hosts({ ...readership, assignment: named })).toEqual(['coordinator', 'housing'])
  })
})
