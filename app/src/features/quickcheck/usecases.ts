import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { can, type Person } from '../../permissions.ts'
import type { SheetProblem } from '../assessments/answer-sheet.ts'
import { type AnswerFields, neverSaved, pickFields, type StoredAnswer } from '../assessments/answer.ts'
import type { Assessment } from '../assessments/assessment.ts'
import { mayRead, mayWrite } from '../assessments/assignment.ts'
import { type OpenedQuestionnaire, openQuestionnaire, saveAnswer } from '../assessments/usecases.ts'
import type { Instrument } from '../instrument/instrument.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { isSaid, isSameChoice, type QuickAnswer } from './quickcheck.ts'
import { parseSheet, type QuickSheet, readSheet } from './sheet.ts'

/** What would happen to one question: filled, nothing, replaced if chosen, or not by this person. */
export type ImportState = 'fill' | 'same' | 'differs' | 'not-yours'

export interface ImportItem {
  questionId: string
  state: ImportState
  /** As stored now; version 0 = nobody has answered. */
  current: StoredAnswer
  proposed: QuickAnswer
}

export interface ImportPreview {
  assessment: Assessment
  instrument: Instrument
  sheet: QuickSheet
  /** The sheet comes from another version of the questionnaire. */
  isOtherVersion: boolean
  items: readonly ImportItem[]
  /** Answers that this questionnaire cannot take. */
  problems: readonly SheetProblem[]
}

function stateOf(current: StoredAnswer, proposed: QuickAnswer, isOwn: boolean): ImportState {
  if (isSameChoice(current, proposed)) return 'same'
  if (!isOwn) return 'not-yours'
  return isSaid(current) ? 'differs' : 'fill'
}

/** Whoever may not answer here cannot import either. @throws {AppError} ASSESSMENT_NOT_FOUND, NOT_ALLOWED */
export async function openForImport(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  assessmentId: string,
): Promise<OpenedQuestionnaire> {
  const opened = await openQuestionnaire(db, person, instruments, assessmentId)
  const permission = can(person, 'answer.save', opened.assessment.city.id)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
  return opened
}

function previewOf({ assessment, whole, answers, reach }: OpenedQuestionnaire, sheet: QuickSheet): ImportPreview {
  const { answers: proposals, problems } = readSheet(sheet, whole)
  const items = proposals
    .filter(({ questionId }) => mayRead(reach, questionId))
    .map((proposed): ImportItem => {
      const { questionId } = proposed
      const current = answers.get(questionId) ?? neverSaved(questionId)
      return { questionId, current, proposed, state: stateOf(current, proposed, mayWrite(reach, questionId)) }
    })
  const isOtherVersion = sheet.instrument.id !== whole.id || sheet.instrument.version !== whole.version
  return { assessment, instrument: whole, sheet, isOtherVersion, items, problems }
}

/**
 * What a file of a quick check would change, question by question; nothing is written.
 * @throws {AppError} QUICK_SHEET_INVALID, ASSESSMENT_NOT_FOUND, NOT_ALLOWED
 */
export async function previewAnswerImport(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  assessmentId: string,
  text: string,
): Promise<ImportPreview> {
  const opened = await openForImport(db, person, instruments, assessmentId)
  const sheet = parseSheet(text)
  if (sheet === null) throw new AppError('QUICK_SHEET_INVALID')
  return previewOf(opened, sheet)
}

/** A question that is to take its answer from the file, in the version that was seen. */
export interface Chosen {
  questionId: string
  version: number
}

export interface AnswerImport {
  assessmentId: string
  text: string
  chosen: readonly Chosen[]
  language: string
}

/** An explanation that stands there keeps its words; a reason comes only with "does not apply". */
const patchOf = ({ options, missing, reason }: AnswerFields) => ({ options, missing, ...(reason !== null && { reason }) })

/**
 * Takes over the chosen answers, all or none. Every one is saved as if it had been given here, with where it came from.
 * @returns how many were saved
 * @throws {AppError} ANSWER_CHANGED when somebody was quicker, INPUT_INVALID when the file has no such answer, as saveAnswer
 */
export async function importAnswers(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { assessmentId, text, chosen, language }: AnswerImport,
  now: Date,
): Promise<{ saved: number }> {
  const { items } = await previewAnswerImport(db, person, instruments, assessmentId, text)
  const byQuestion = new Map(items.map((item) => [item.questionId, item]))
  for (const { questionId, version } of chosen) {
    const item = byQuestion.get(questionId)
    if (item === undefined) throw new AppError('QUESTION_NOT_FOUND', { question: questionId })
    const { proposed, current } = item
    const request = {
      assessmentId,
      questionId,
      version,
      patch: patchOf(pickFields(proposed)),
      language: current.language ?? language,
      origin: 'quick-check' as const,
    }
    await saveAnswer(db, person, instruments, request, now)
  }
  return { saved: chosen.length }
}
