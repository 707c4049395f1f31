import type { PlayData } from './weight-play.ts'

// What a browser loads to play with the weights, apart from the page. Thousands of cities share few scores in an area, so each score
// is written once and cities point to it: exact to the last digit, at a fraction of the size.

export interface PackedPlay {
  areas: PlayData['areas']
  /** Slug, name and country of each city. */
  cities: [slug: string, name: string, country: string][]
  /** By area: the scores that occur, and for each city which of them is its own; -1 = nothing applies. */
  scores: { values: number[]; places: number[] }[]
}

export function packPlay({ areas, cities }: PlayData): PackedPlay {
  return {
    areas,
    cities: cities.map(({ slug, name, country }) => [slug, name, country]),
    scores: areas.map((_, area) => {
      const places = new Map<number, number>()
      const placeOf = (score: number): number => {
        const known = places.get(score) ?? places.size
        places.set(score, known)
        return known
      }
      const found = cities.map(({ scores }) => scores[area] ?? null).map((score) => (score === null ? -1 : placeOf(score)))
      return { values: [...places.keys()], places: found }
    }),
  }
}

export function unpackPlay({ areas, cities, scores }: PackedPlay): PlayData {
  return {
    areas,
    cities: cities.map(([slug, name, country], i) => ({
      slug,
      name,
      country,
      scores: scores.map(({ values, places }) => values[places[i]!] ?? null),
    })),
  }
}
