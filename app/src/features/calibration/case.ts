import type { Decision } from '../reviews/review.ts'

/** Wording of a case in one language. */
export interface CaseText {
  question: string
  /** By option. */
  options: Readonly<Record<string, string>>
  /** What the invented city writes to its answer. */
  explanation: string
  /** What the document says that it cites. */
  evidence: string
  /** Why the expected decision is the right one. */
  why: string
}

/** An invented answer on which experts calibrate themselves. */
export interface CalibrationCase {
  id: string
  options: readonly { id: string; points: number }[]
  /** What the invented city chose. */
  answered: string
  expected: { decision: Decision; points: number | null }
  texts: Readonly<Record<'en' | 'de', CaseText>>
}

export const maximumOf = ({ options }: Pick<CalibrationCase, 'options'>): number => Math.max(...options.map(({ points }) => points))

export interface CaseDecision {
  decision: Decision
  /** Only with `changed`. */
  points: number | null
}

/** What an expert decided about a case. */
export interface CaseJudgement extends CaseDecision {
  caseId: string
  personId: string
  note: string | null
  judgedAt: Date
}

/** Points that a decision gives the case; null = it leaves the question open. */
export function pointsGiven(of: CalibrationCase, { decision, points }: CaseDecision): number | null {
  switch (decision) {
    case 'agreed':
    case 'agreed-with-note':
      return of.options.find(({ id }) => id === of.answered)!.points
    case 'changed':
      return points
    case 'not-supported':
      return 0
    case 'need-more':
      return null
  }
}

/**
 * How far a decision lies from the expected one, in percent of the maximum, 0-100.
 * @returns null when only one of the two leaves the question open: there is no distance to that
 */
export function deviationOf(of: CalibrationCase, judged: CaseDecision): number | null {
  const [own, expected] = [pointsGiven(of, judged), pointsGiven(of, of.expected)]
  if (own === null || expected === null) return own === expected ? 0 : null
  return (100 * Math.abs(own - expected)) / maximumOf(of)
}

/** How one expert stands after the cases. */
export interface CalibrationSummary {
  judged: number
  all: number
  isComplete: boolean
  /** Mean absolute deviation, 0-100; null = nothing to average. */
  meanDeviation: number | null
  /** Share of the same decisions, 0-1; null = nothing decided. */
  shareEqual: number | null
}

export function summarise(
  cases: readonly CalibrationCase[],
  judgements: readonly (CaseDecision & { caseId: string })[],
): CalibrationSummary {
  const judged = judgements.flatMap((own) => {
    const of = cases.find(({ id }) => id === own.caseId)
    return of === undefined ? [] : [{ of, own }]
  })
  const deviations = judged.flatMap(({ of, own }) => deviationOf(of, own) ?? [])
  const equal = judged.filter(({ of, own }) => own.decision === of.expected.decision).length
  return {
    judged: judged.length,
    all: cases.length,
    isComplete: judged.length === cases.length,
    meanDeviation: deviations.length === 0 ? null : deviations.reduce((sum, each) => sum + each, 0) / deviations.length,
    shareEqual: judged.length === 0 ? null : equal / judged.length,
  }
}

/** How experts did at one case. */
export interface CaseSummary {
  caseId: string
  judged: number
  meanDeviation: number | null
  shareEqual: number | null
}

export function summariseCase(of: CalibrationCase, judgements: readonly (CaseDecision & { caseId: string })[]): CaseSummary {
  const own = judgements.filter(({ caseId }) => caseId === of.id)
  const { judged, meanDeviation, shareEqual } = summarise([of], own)
  return { caseId: of.id, judged, meanDeviation, shareEqual }
}
