import { sha256 } from '../../canonical.ts'

// Each row of an exported questionnaire carries the version of its answer and a mark of the assessment it comes from, so that an
// import knows what has changed since, and notices a file of another city or wave.

/** Mark of an assessment: eight hexadecimal digits; it tells assessments apart and names nobody. */
export const markOf = (assessmentId: string): string => sha256(`assessment ${assessmentId}`).slice(0, 8)

/** What stands in the column: begins with a letter, so that no office program makes a number or a date of it. */
export const stampOf = (assessmentId: string, version: number): string => `v${version}-${markOf(assessmentId)}`

/** The version a row was written with; null = the row does not say, or comes from elsewhere. */
export interface SeenVersion {
  version: number | null
  isForeign: boolean
}

export function readStamp(text: string, assessmentId: string): SeenVersion {
  const found = /^v(\d{1,9})-([0-9a-f]{8})$/i.exec(text.trim())
  if (found === null) return { version: null, isForeign: false }
  const isForeign = found[2]!.toLowerCase() !== markOf(assessmentId)
  return { version: isForeign ? null : Number(found[1]), isForeign }
}
