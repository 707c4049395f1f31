// Words of a text, reduced so that forms and compounds of German and English meet: "Integrationskonzepte" and "integration
// concept" share pieces. No dictionary: the same for every language that is written in letters.

const stem = 7 // letters of a word that count as its beginning
const piece = 5 // letters of the pieces inside a word

const plain = (text: string): string => text.toLowerCase().replaceAll('ß', 'ss').normalize('NFD').replaceAll(/\p{M}/gu, '')

/** Words of three letters and more, without accents. */
export const wordsOf = (text: string): string[] => plain(text).match(/\p{L}{3,}/gu) ?? []

/** What is compared: the beginning of each word, and the pieces of longer ones. */
export function featuresOf(text: string): Map<string, number> {
  const features = new Map<string, number>()
  const add = (feature: string, weight: number) => features.set(feature, (features.get(feature) ?? 0) + weight)
  for (const word of wordsOf(text)) {
    add(`^${word.slice(0, stem)}`, 1)
    for (let i = 0; i + piece <= word.length; i++) add(word.slice(i, i + piece), 0.35)
  }
  return features
}
