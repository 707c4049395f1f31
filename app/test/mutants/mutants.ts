/** One place in the code that keeps one city's things from another, and what stands there without it. */
export interface Mutant {
  id: string
  /** Below app/src. */
  file: string
  /** An expression of the source that occurs once, or once within `around`. */
  filter: string
  /** What the expression becomes. */
  without: string
  /** Source around the filter, where the filter alone occurs more than once. */
  around?: string
  /** Another filter that stands behind this one: both have to be gone before anything shows. */
  behind?: string
}

export const mutants: readonly Mutant[] = [
  {
    id: 'a permission that does not look at the city',
    file: 'permissions.ts',
    filter: 'cityId === undefined || m.cityId === null || m.cityId === cityId',
    without: 'true',
  },
  {
    id: 'an assessment without its check',
    file: 'features/assessments/usecases.ts',
    filter: "assessment === null || !can(person, 'assessment.read', assessment.city.id).ok",
    without: 'assessment === null',
  },
  {
    id: 'assessments of all cities',
    file: 'features/assessments/queries.ts',
    filter: 'inArray(assessments.cityId, [...cityIds])',
    without: 'undefined',
  },
  {
    id: 'answers of all assessments',
    file: 'features/assessments/queries.ts',
    filter: 'eq(answers.assessmentId, assessmentId)',
    around: '.where(eq(answers.assessmentId, assessmentId))\n    .orderBy(asc(answers.questionId))',
    without: 'undefined',
  },
  {
    id: 'snapshots of all assessments',
    file: 'features/assessments/snapshot-queries.ts',
    filter: 'eq(snapshots.assessmentId, assessmentId)',
    around: 'and(eq(snapshots.assessmentId, assessmentId), isNull(snapshots.removedAt)))\n    .orderBy',
    without: 'undefined',
  },
  {
    id: 'a library without its check',
    file: 'features/evidence/usecases.ts',
    filter: "city === null || !can(person, 'evidence.read', city.id).ok",
    without: 'city === null',
  },
  {
    id: 'a library of all cities',
    file: 'features/evidence/queries.ts',
    filter: 'eq(evidence.cityId, cityId)',
    around: "eq(evidence.cityId, cityId),\n    state === 'removed'",
    without: 'undefined',
  },
  {
    id: 'departments without their check',
    file: 'features/departments/usecases.ts',
    filter: 'can(person, verb, city.id)',
    without: '{ ok: true }',
  },
  {
    id: 'departments of all cities',
    file: 'features/departments/queries.ts',
    filter: 'eq(departments.cityId, cityId)',
    around: '.where(and(eq(departments.cityId, cityId), isNull(departments.endedAt)))\n    .groupBy',
    without: 'undefined',
  },
  {
    id: 'suggestions for all assessments',
    file: 'features/partners/suggestion-queries.ts',
    filter: 'eq(suggestions.assessmentId, assessmentId)',
    around: '.where(eq(suggestions.assessmentId, assessmentId))\n    .orderBy',
    without: 'undefined',
  },
  {
    id: 'conversations of all cities',
    file: 'features/threads/queries.ts',
    filter: 'eq(threads.cityId, cityId)',
    around: 'eq(threads.cityId, cityId),\n        questionIds &&',
    without: 'undefined',
  },
  {
    id: 'citations of all assessments',
    file: 'features/evidence/citation-queries.ts',
    filter: 'eq(citations.assessmentId, assessmentId)',
    around: 'eq(citations.assessmentId, assessmentId),\n        isNull(citations.removedAt),\n        visibleTo(viewer)',
    without: 'undefined',
  },
  {
    id: 'a review for experts who are not assigned',
    file: 'features/reviews/opening.ts',
    filter: 'each.person.id === personId',
    without: 'true',
  },
  {
    id: 'a review of another city',
    file: 'features/reviews/opening.ts',
    filter: "!can(person, 'review.read', review.city.id).ok",
    without: 'false',
  },
  {
    id: 'reviews of all cities',
    file: 'features/reviews/queries.ts',
    filter: 'inArray(reviews.cityId, [...cityIds])',
    without: 'undefined',
    behind: 'a review of another city',
  },
  {
    id: 'queries of all reviews',
    file: 'features/dialogue/queries.ts',
    filter: 'inArray(reviewQueries.reviewId, [...reviewIds])',
    around: '.where(inArray(reviewQueries.reviewId, [...reviewIds]))\n    .orderBy',
    without: 'undefined',
  },
]

/** Filters that keep two experts of one review apart until both have signed; the database holds behind each of them. */
export const blindness: readonly Mutant[] = [
  {
    id: 'decisions of both experts',
    file: 'features/reviews/queries.ts',
    filter: 'eq(judgements.personId, personId)',
    without: 'undefined',
  },
  {
    id: 'queries of both experts',
    file: 'features/dialogue/dialogue.ts',
    filter: 'isRevealed || askerPart === part',
    without: 'true',
  },
  {
    id: 'answers to both experts',
    file: 'features/reviews/line.ts',
    filter: "seenBy === 'both' || seenBy === part",
    without: 'true',
  },
  {
    id: 'everything shown at once',
    file: 'features/reviews/review.ts',
    filter: 'parts.every((part) => assignments.some((each) => each.part === part && each.signedAt !== null))',
    without: 'true',
  },
]

/** Takes the backstop away: every transaction of a person sees all cities. */
export const withoutBackstop: Mutant = {
  id: 'a database that shows every city',
  file: 'web.ts',
  filter: "hasNetworkRole(person) ? 'network' : 'city'",
  without: "'network'",
}
