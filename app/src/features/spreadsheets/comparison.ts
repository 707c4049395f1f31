import { type AnswerFields, emptyAnswer, equalField, fieldNames, neverSaved, pickFields, type StoredAnswer } from '../assessments/answer.ts'
import { keptText, type TableAnswer, withoutGuard } from '../assessments/answer-table.ts'
import { cellText } from '../../workbook.ts'

/**
 * What a row of a file would do to an answer:
 * same = the file says what stands here; older = untouched in the file, changed here since: ours stays;
 * new = fills an open question; changed = replaces what nobody has touched here since the file was made;
 * cleared = the file has no answer any more; conflict = both have changed; not-yours = somebody else answers the question.
 */
export type RowState = 'same' | 'older' | 'new' | 'changed' | 'cleared' | 'conflict' | 'not-yours'

/** States at which there is something to choose. */
export const choosableStates = ['new', 'changed', 'cleared', 'conflict'] as const
export type ChoosableState = (typeof choosableStates)[number]
export const isChoosable = (state: RowState): state is ChoosableState => (choosableStates as readonly string[]).includes(state)

/** States whose answers are taken unless somebody says otherwise; nothing that stands here is lost by them. */
export const isTakenUnasked = (state: RowState): boolean => state === 'new' || state === 'changed'

/** A text as it comes back from a file, whatever file it was. */
const comparable = (text: string | null): string | null => (text === null ? null : keptText(withoutGuard(cellText(text).trim())))

const comparableFields = (fields: AnswerFields): AnswerFields => ({
  ...fields,
  reason: comparable(fields.reason),
  explanation: comparable(fields.explanation),
})

type Field = keyof AnswerFields

const equalIn = (fields: readonly Field[], a: AnswerFields, b: AnswerFields): boolean => {
  const [left, right] = [comparableFields(a), comparableFields(b)]
  return fields.every((field) => equalField(left, right, field))
}

const isBlank = (fields: readonly Field[], answer: AnswerFields): boolean => equalIn(fields, answer, emptyAnswer)

export interface Judged {
  state: RowState
  /** The answer as it would be afterwards. */
  proposed: AnswerFields
}

export interface JudgeRequest {
  row: Pick<TableAnswer, 'fields'>
  current: StoredAnswer | undefined
  /** The answer in the version that the file was made with; null = not known. */
  base: AnswerFields | null
  isOwn: boolean
}

/** The answer with what the row says; where row and answer differ in invisible signs only, the answer's own text stays. */
function proposedBy({ fields }: Pick<TableAnswer, 'fields'>, current: AnswerFields): AnswerFields {
  const next = { ...pickFields(current), ...fields }
  for (const field of ['reason', 'explanation'] as const)
    if (comparable(next[field]) === comparable(current[field])) next[field] = current[field]
  return next
}

/** Judges one row. */
export function judgeRow({ row, current: stored, base, isOwn }: JudgeRequest): Judged {
  const current = pickFields(stored ?? neverSaved(''))
  const fields = fieldNames.filter((field) => row.fields[field] !== undefined)
  const proposed = proposedBy(row, current)
  const judged = (state: RowState): Judged => ({ state, proposed })
  if (equalIn(fields, proposed, current)) return judged('same')
  if (base !== null && equalIn(fields, proposed, base)) return judged('older')
  const saysNothing = isBlank(fields, proposed)
  if (base === null && saysNothing) return judged('same') // an empty questionnaire says nothing about what stands here
  if (!isOwn) return judged('not-yours')
  const isUntouched = base === null ? isBlank(fieldNames, current) : equalIn(fields, current, base)
  if (!isUntouched) return judged('conflict')
  if (saysNothing) return judged('cleared')
  return judged(isBlank(fields, current) ? 'new' : 'changed')
}
