// Conversations about a question of a city. They stay with the question, whatever the wave.

/** Whoever wrote: somebody with an account, or a guest. */
export interface Writer {
  id: string
  name: string
  isGuest: boolean
}

export interface Message {
  id: string
  text: string
  /** Language it is written in. */
  language: string | null
  /** People with an account who are named in it. */
  mentions: readonly string[]
  /** Null = somebody whose name has been erased. */
  writer: Writer | null
  createdAt: Date
  withdrawnAt: Date | null
}

export interface Thread {
  id: string
  questionId: string
  /** Where it began. */
  assessmentId: string
  wave: { name: string }
  /** Technical partners who may read see it, too. */
  isShared: boolean
  version: number
  createdAt: Date
  closedAt: Date | null
  closedBy: string | null
  /** Oldest first. */
  messages: readonly Message[]
}

export const longestMessage = 5000 // characters

/** How long a message can be taken back: nobody has been mailed by then. */
export const takeBackMs = 10 * 60_000

export const takeBackUntil = ({ createdAt }: Pick<Message, 'createdAt'>): Date => new Date(createdAt.getTime() + takeBackMs)

export type ThreadStep = { ok: true } | { ok: false; reason: 'threads.step.tooLate' | 'threads.step.closed' | 'threads.step.open' }

export const canTakeBack = (message: Message, now: Date): ThreadStep =>
  takeBackUntil(message) > now ? { ok: true } : { ok: false, reason: 'threads.step.tooLate' }

export const canWrite = ({ closedAt }: Pick<Thread, 'closedAt'>): ThreadStep =>
  closedAt === null ? { ok: true } : { ok: false, reason: 'threads.step.closed' }

export const canReopen = ({ closedAt }: Pick<Thread, 'closedAt'>): ThreadStep =>
  closedAt === null ? { ok: false, reason: 'threads.step.open' } : { ok: true }

export const standing = ({ messages }: Pick<Thread, 'messages'>): Message[] => messages.filter(({ withdrawnAt }) => withdrawnAt === null)

/** A conversation of which every message was taken back never took place. */
export const hasContent = (thread: Thread): boolean => standing(thread).length > 0

/** When something was said last, or it was closed. */
export function lastMoment(thread: Thread): Date {
  const said = standing(thread).at(-1)?.createdAt ?? thread.createdAt
  return thread.closedAt !== null && thread.closedAt > said ? thread.closedAt : said
}

/** Somebody has named the person since they wrote last. */
export function waitsFor(thread: Thread, personId: string): boolean {
  if (thread.closedAt !== null) return false
  const messages = standing(thread)
  const own = messages.findLastIndex(({ writer }) => writer?.id === personId)
  return messages.slice(own + 1).some(({ mentions }) => mentions.includes(personId))
}

/** Open, and nobody has answered whoever began it. */
export function isUnanswered(thread: Thread): boolean {
  const messages = standing(thread)
  return thread.closedAt === null && messages.every(({ writer }) => writer?.id === messages[0]?.writer?.id)
}

export const tookPart = (thread: Thread, personId: string): boolean =>
  standing(thread).some(({ writer, mentions }) => writer?.id === personId || mentions.includes(personId))

interface Named {
  id: string
  name: string
}

const isLetter = (sign: string | undefined): boolean => sign !== undefined && /[\p{L}\p{N}_]/u.test(sign)

/** Whether a name stands here, as a whole word and whatever its case. */
const standsAt = (text: string, at: number, name: string): boolean =>
  name !== '' && text.slice(at, at + name.length).toLowerCase() === name.toLowerCase() && !isLetter(text[at + name.length])

/** The longest full name after an @; else the first name, if only one has it. */
function namedAt(text: string, at: number, people: readonly Named[]): Named | null {
  const whole = people.filter(({ name }) => standsAt(text, at, name)).sort((a, b) => b.name.length - a.name.length)
  if (whole.length > 0) return whole[0]!
  const first = people.filter(({ name }) => standsAt(text, at, name.split(' ')[0]!))
  return first.length === 1 ? first[0]! : null
}

/** Words after an @ that are nobody's name, so that whoever wrote them can be told that nobody hears of it. */
export function unknownNames(text: string, people: readonly Named[]): string[] {
  const found = [...text.matchAll(/@([\p{L}\p{N}_-]+)/gu)].filter(
    ({ index }) => !isLetter(text[index - 1]) && namedAt(text, index + 1, people) === null,
  )
  return [...new Set(found.map(([word]) => word))]
}

/** Keys of the people whom a text names with an @, each once, in the order of the text. An @ inside a word is an address. */
export function mentionedIn(text: string, people: readonly Named[]): string[] {
  const found = [...text.matchAll(/@/g)].flatMap(({ index }) =>
    isLetter(text[index - 1]) ? [] : (namedAt(text, index + 1, people)?.id ?? []),
  )
  return [...new Set(found)]
}
