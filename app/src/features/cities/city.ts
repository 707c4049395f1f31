/** A local authority that takes part: municipality, district or region. */
export interface City {
  id: string
  slug: string
  name: string
  /** ISO 3166-1 alpha-2. */
  country: string
  /** NUTS code of the region, where there is one. */
  region: string | null
  /** Stable official code (LAU), where there is one. */
  officialCode: string | null
  isSynthetic: boolean
}

/** Letters that are written with two, or that have no plain letter inside. */
const spellings: Record<string, string> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'oe',
  þ: 'th',
  ð: 'd',
  đ: 'd',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ŋ: 'n',
}

const maximumSlugLength = 60 // characters

/** Name in addresses: small letters, digits and hyphens. A name without any of them gives "city"; "new" is an address of ours. */
export function slugOf(name: string): string {
  const spelled = [...name.normalize('NFC').toLowerCase()].map((letter) => spellings[letter] ?? letter).join('')
  const plain = withoutMarks(spelled)
    .replaceAll(/['’]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
  const slug = plain.slice(0, maximumSlugLength).replaceAll(/^-+|-+$/g, '')
  if (slug === 'new') return 'new-1'
  return slug || 'city'
}

/** Letters without accents and dots, for searching: Riga finds Rīga. */
export function withoutMarks(text: string): string {
  return text.normalize('NFD').replaceAll(/[\u0300-\u036f]/g, '')
}

/** The slug of a name, with the first number from 2 on that is still free when it is taken. */
export function freeSlug(name: string, taken: ReadonlySet<string>): string {
  const slug = slugOf(name)
  if (!taken.has(slug)) return slug
  for (let number = 2; ; number++) if (!taken.has(`${slug}-${number}`)) return `${slug}-${number}`
}
