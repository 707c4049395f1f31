import { type AnswerFields, equalFields, type StoredAnswer } from '../assessments/answer.ts'
import type { TextKey } from '../../text/catalogue.ts'
import type { TextValues } from '../../text/text.ts'

// What an import will do, before it does it. Nothing is written while a single row is refused.

/** same: is there already; left: the file says nothing where there is an answer, and nothing is taken away. */
export type RowState = 'new' | 'changed' | 'same' | 'left' | 'refused'

/** What will become of one row of a file. */
export interface PlannedRow {
  /** Line of the file, from 1; in JSON the number of the row. */
  line: number
  state: RowState
  /** What it is about, such as a question. */
  subject: string
  /** What the file says. */
  said: string
  /** What is there now; null = nothing. */
  present: string | null
  /** Why it is refused. */
  problem?: TextKey
  values?: TextValues
}

/** A row that cannot be used. */
export interface RowProblem {
  line: number
  text: TextKey
  values?: TextValues
}

export interface IncomingAnswer {
  line: number
  questionId: string
  fields: AnswerFields
  /** The answer that the file was made from; null where the file does not say. */
  seen: { version: number; updatedAt: string } | null
}

const isEmpty = ({ options, missing, reason, explanation }: AnswerFields): boolean =>
  options === null && missing === null && reason === null && explanation === null

/**
 * What becomes of an incoming answer. An answer that is there already is replaced only when the file was made from exactly
 * it, or when that was asked for.
 */
export function judgeAnswer(
  { fields, seen }: Pick<IncomingAnswer, 'fields' | 'seen'>,
  current: StoredAnswer | undefined,
  isReplacing: boolean,
): RowState {
  if (current === undefined || isEmpty(current)) return isEmpty(fields) ? 'same' : 'new'
  if (equalFields(fields, current)) return 'same'
  if (isEmpty(fields)) return 'left'
  const isKnown = seen !== null && seen.version === current.version && seen.updatedAt === current.updatedAt
  return isKnown || isReplacing ? 'changed' : 'refused'
}

export type RowCounts = Record<RowState, number>

export function countStates(rows: readonly PlannedRow[]): RowCounts {
  const counts: RowCounts = { new: 0, changed: 0, same: 0, left: 0, refused: 0 }
  for (const { state } of rows) counts[state]++
  return counts
}
