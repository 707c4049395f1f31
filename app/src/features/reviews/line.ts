import { equalFields, neverSaved, type StoredAnswer } from '../assessments/answer.ts'
import type { Judgement, Part } from './review.ts'

// The frozen copy's own line of answers: version 1 is what was handed in, later versions came with replies to queries. Until both experts
// have signed, each of them knows only the line of their own part, with numbers of its own, so that nobody can tell that the other asked.

/** A version from 2 on. */
export interface LineVersion {
  /** Its version counts every version of the question. */
  answer: StoredAnswer
  /** Whose query it answered; both = of an earlier review of the copy; null = of somebody who is no expert of the review any more. */
  seenBy: Part | 'both' | null
}

/** Later versions by question, each in the order of its numbers. Questions without any are left out. */
export type Line = ReadonlyMap<string, readonly LineVersion[]>

/** What experts of one part may see before both have signed. */
export const lineOfPart = (line: Line, part: Part): Line =>
  new Map([...line].map(([id, versions]) => [id, versions.filter(({ seenBy }) => seenBy === 'both' || seenBy === part)]))

/** The newest answer of each question. @param first as it was handed in */
export function newestAnswers(first: ReadonlyMap<string, StoredAnswer>, line: Line): Map<string, StoredAnswer> {
  const newest = new Map([...first].map(([id, answer]): [string, StoredAnswer] => [id, { ...answer, version: 1 }]))
  for (const [id, versions] of line) if (versions.length > 0) newest.set(id, versions.at(-1)!.answer)
  return newest
}

/** One version of an answer; 1 = as it was handed in, also where nothing was. */
export function answerAt(
  { handedIn, line }: { handedIn: ReadonlyMap<string, StoredAnswer>; line: Line },
  questionId: string,
  version: number,
): StoredAnswer {
  const later = line.get(questionId)?.find(({ answer }) => answer.version === version)?.answer
  return later ?? { ...(handedIn.get(questionId) ?? neverSaved(questionId)), version: 1 }
}

/** Whether two versions of an answer say the same: what was sent to two experts one after the other can be equal. */
export function areSameAnswer(
  copy: { handedIn: ReadonlyMap<string, StoredAnswer>; line: Line },
  questionId: string,
  [a, b]: readonly [number, number],
): boolean {
  return a === b || equalFields(answerAt(copy, questionId, a), answerAt(copy, questionId, b))
}

/** The number that an expert knows: 1, 2, 3 in their own line. */
export const numberFor = (line: Line, questionId: string, version: number): number =>
  1 + (line.get(questionId) ?? []).filter(({ answer }) => answer.version <= version).length

/** The version behind a number that an expert knows. */
export const versionFor = (line: Line, questionId: string, number: number): number =>
  number <= 1 ? 1 : (line.get(questionId)?.[number - 2]?.answer.version ?? 1)

/** Answers with the numbers that an expert knows. */
export const numbered = (answers: ReadonlyMap<string, StoredAnswer>, line: Line): Map<string, StoredAnswer> =>
  new Map([...answers].map(([id, answer]) => [id, { ...answer, version: numberFor(line, id, answer.version) }]))

/** Decisions with the numbers that their expert knows. */
export const judgementsFor = (line: Line, judgements: ReadonlyMap<string, Judgement>): Map<string, Judgement> =>
  new Map([...judgements].map(([id, each]) => [id, { ...each, answerVersion: numberFor(line, id, each.answerVersion) }]))
