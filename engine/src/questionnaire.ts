/** What an answer is. The three kinds of missing are never confused with each other or with "no". */
export type Answer =
  | { readonly kind: 'answered'; readonly options: readonly string[] }
  | { readonly kind: 'notApplicable' }
  | { readonly kind: 'notKnown' }
  | { readonly kind: 'notAnswered' }

/** The rules of one question that decide its points; no wording. */
export interface Question {
  readonly id: string
  /** single: exactly one option; multiple: any number, points add up to at most `max`; share: one band. */
  readonly type: 'single' | 'multiple' | 'share'
  readonly options: readonly { readonly id: string; readonly points: number }[]
  /** Points obtainable, > 0. */
  readonly max: number
  /** Weight within its indicator, >= 0. */
  readonly weight: number
  readonly allowsNotApplicable: boolean
  /** Asked only when the parent question was answered with one of these options. */
  readonly visibleIf: { readonly question: string; readonly options: readonly string[] } | null
}

/** Structure of an instrument: index -> dimensions -> indicators -> questions. */
export interface Questionnaire {
  readonly dimensions: readonly {
    readonly id: string
    /** core: part of both indices; extended: part of the extended index only. */
    readonly set: 'core' | 'extended'
    readonly indicators: readonly { readonly id: string; readonly questions: readonly Question[] }[]
  }[]
}

/** Named set of weights; within an indicator the questions' own weights apply unless `questions` names them. */
export interface WeightScheme {
  readonly id: string
  readonly dimensions: Readonly<Record<string, number>>
  readonly indicators: Readonly<Record<string, number>>
  /** Replaces the weights that the named questions carry in the questionnaire. */
  readonly questions?: Readonly<Record<string, number>>
}

/** The option of a `multiple` question that says "nothing of this": 0 points, and it stands alone. */
export const NONE_OPTION = 'none'
