import type { Db } from '../../db/open.ts'

/**
 * What can have happened: a key of the texts under notices.kind. The digest tells it in the language of whoever reads, so a notice
 * holds names and keys, no sentence.
 */
export const noticeKinds = [
  'question-assigned',
  'assignment-due',
  'assignment-handed-on',
  'mentioned',
  'message-written',
  'guest-finished',
  'suggestion-made',
  'suggestion-decided',
  'figure-proposed',
  'figure-decided',
  'rights-changed',
  'joint-proposed',
  'joint-accepted',
  'joint-answer',
  'sign-off-asked',
  'answers-signed',
  'answers-sent-back',
  'assessment-submitted',
  'evidence-expires',
  'query-asked',
  'query-answered',
  'query-due',
  'decisions-shared',
  'reply-until',
  'review-closed',
  'exception-asked',
  'exception-allowed',
  'freeze-asked',
  'wave-frozen',
] as const
export type NoticeKind = (typeof noticeKinds)[number]

/** Few things cannot wait for the digest: somebody else is stopped until they are done. */
export const urgentKinds: ReadonlySet<NoticeKind> = new Set([
  'sign-off-asked',
  'answers-sent-back',
  'joint-proposed',
  'exception-asked',
  'freeze-asked',
])

/** What a city is bound by afterwards: the mail about it says how far the record of changes has come, for whoever keeps the mail. */
export const bindingKinds: ReadonlySet<NoticeKind> = new Set(['assessment-submitted', 'decisions-shared', 'review-closed'])

/** Nobody's action, so that there is no slip to wait for: they come on their day. */
export const reminderKinds: ReadonlySet<NoticeKind> = new Set(['assignment-due', 'evidence-expires', 'query-due', 'reply-until'])

/** What a sentence can name; `noticeSentence` in notice-text.ts says which kind uses what. Keys are put into words when it is read. */
export interface NoticeSubject {
  /** Name of whoever did it: a person, a guest, a city. */
  who?: string
  /** Name of whoever it went to. */
  to?: string
  /** Keys of what it is about. */
  question?: string
  area?: string
  figure?: string
  /** Title of a document. */
  document?: string
  /** How many questions, when there are several. */
  count?: number
  /** Name of a wave. */
  wave?: string
  /** Name of a step of the sign-off. */
  step?: string
  /** YYYY-MM-DD */
  dueOn?: string
  decision?: 'accepted' | 'declined'
  /** What somebody wrote with it, in full or its beginning. */
  note?: string
}

/** What a person should hear of. */
export interface NewNotice {
  personId: string
  /** Null = nothing of a city. */
  cityId: string | null
  kind: NoticeKind
  /** Values of the sentence; texts are short. */
  subject: Readonly<NoticeSubject>
  /** Page it leads to, such as /assessments/…; whoever opens that page has seen the notice. */
  address: string
}

/** What a person has been told. */
export interface Notice {
  id: string
  kind: NoticeKind
  subject: Readonly<NoticeSubject>
  address: string
  city: { id: string; name: string } | null
  createdAt: Date
  seenAt: Date | null
}

/**
 * Reminders of a day, such as what is due; registered in notice-parts.ts. It is asked again every day: the same reminder (person, kind,
 * address and subject) is never given twice, so a subject should hold the day it is about.
 * @param day YYYY-MM-DD where the people are
 */
export type DueSource = (db: Db, day: string) => Promise<NewNotice[]>

/** Names of what a notice is about, in one language; null = there is no such thing. */
export interface SubjectNames {
  question(id: string): { number: number; text: string } | null
  area(id: string): string | null
}
