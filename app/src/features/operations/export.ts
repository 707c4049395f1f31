import type { AnswerFields } from '../assessments/answer.ts'

// What an export holds. Every table is a CSV and a JSON file of the same rows; README.md explains each column.

/** Columns of each table, in order; a column of the same name means the same everywhere. */
export const exportTables = {
  cities: ['city', 'name', 'country', 'region', 'official_code', 'latitude', 'longitude', 'is_synthetic'],
  facts: ['city', 'fact', 'value', 'year', 'source', 'quality', 'is_synthetic'],
  waves: ['wave', 'name', 'opens_at', 'closes_at', 'closed_at', 'instrument', 'instrument_version', 'is_synthetic'],
  assessments: ['wave', 'city', 'invited_at', 'submitted_at', 'is_synthetic'],
  answers: ['wave', 'city', 'question', 'answer', 'reason', 'explanation', 'language', 'answer_version', 'updated_at', 'is_synthetic'],
  'submitted-answers': [
    'wave',
    'city',
    'frozen_at',
    'frozen_hash',
    'question',
    'answer',
    'reason',
    'explanation',
    'language',
    'answer_version',
    'is_synthetic',
  ],
  results: [
    'wave',
    'city',
    'frozen_hash',
    'scheme',
    'element',
    'score',
    'exact_score',
    'upper',
    'coverage',
    'engine_version',
    'is_synthetic',
  ],
  questions: ['instrument', 'instrument_version', 'dimension', 'indicator', 'question', 'option', 'points'],
} as const

export type ExportTable = keyof typeof exportTables
export type ExportColumn = (typeof exportTables)[ExportTable][number]
export type ExportRow = Readonly<Record<string, string | number | boolean | null>>

/** An answer as one word of a sheet: option keys joined by `;`, `not-known`, `not-applicable`, or nothing. */
export function answerWord({ options, missing }: Pick<AnswerFields, 'options' | 'missing'>): string {
  return missing ?? (options ?? []).join(';')
}

/** What is exported; both empty = the whole network. */
export interface ExportFilter {
  cities: readonly string[]
  waves: readonly string[]
}
