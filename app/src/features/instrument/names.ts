import { type Instrument, questionsOf, textOf } from './instrument.ts'

const longest = 110 // characters

function shortened(text: string): string {
  if (text.length <= longest) return text
  const cut = text.slice(0, longest - 1)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), longest / 2)).replace(/[\s,;:–-]+$/u, '')}…`
}

/** Number and wording of the parts of an instrument in one language, for lists and sentences; null = no such part. */
export interface ElementNames {
  question(id: string): { number: number; text: string } | null
  area(id: string): string | null
}

export function elementNames(instrument: Instrument, language: string): ElementNames {
  const text = textOf(instrument, language)
  const numbers = new Map(questionsOf(instrument).map(({ id }, i) => [id, i + 1]))
  return {
    question: (id) => {
      const number = numbers.get(id)
      return number === undefined ? null : { number, text: shortened(text.questions[id]!.question) }
    },
    area: (id) => text.dimensions[id]?.name ?? null,
  }
}
