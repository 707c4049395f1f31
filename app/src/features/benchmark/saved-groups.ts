/** A group of cities that a person compares with; nobody else sees it. */
export interface SavedGroup {
  id: string
  name: string
  /** Slugs, in the order in which they were put in. */
  cities: readonly string[]
  /** Grows with every change. */
  version: number
  updatedAt: Date
}

/** Cities in one group. */
export const mostCities = 500

/** Groups of one person. */
export const mostGroups = 50

/** Characters. */
export const longestName = 80

/** Each city once, in the order given. */
export const distinctSlugs = (slugs: readonly string[]): string[] =>
  [...new Set(slugs.map((slug) => slug.trim()))].filter((slug) => slug !== '')
