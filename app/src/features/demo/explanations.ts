import { drawFrom, type Random } from './random.ts'

/** Level of what is explained: the answer earns most, some or none of the points. */
export type Tone = 'good' | 'some' | 'none' | 'not-known' | 'not-applicable'

export type DemoLanguage = 'de' | 'en'

// Invented sentences that stand in the free texts of the demonstration. {year} and {number} are drawn.
const sentences: Record<DemoLanguage, Record<Tone, readonly string[]>> = {
  en: {
    good: [
      'Synthetic: decided by the council in {year}; the last report is from this spring.',
      'Synthetic: in place since {year}, with {number} partner organisations.',
      'Synthetic: two members of staff look after it; {number} people took part last year.',
      'Synthetic: a fixed part of the budget since {year}.',
      'Synthetic: see the annual report {year}, chapter 3.',
      'Synthetic: every department names a contact; they meet {number} times a year.',
    ],
    some: [
      'Synthetic: so far only in one district, since {year}.',
      'Synthetic: a draft exists; the council will discuss it in the autumn.',
      'Synthetic: run by an association that the city supports, {number} people reached.',
      'Synthetic: a pilot until the end of next year.',
      'Synthetic: done on request, without a fixed procedure.',
    ],
    none: [
      'Synthetic: not so far; the department has put it on its list.',
      'Synthetic: was stopped in {year} for lack of money.',
      'Synthetic: no one is in charge of this at present.',
    ],
    'not-known': ['Synthetic: the department that would know has not replied yet.', 'Synthetic: there are no figures by origin for this.'],
    'not-applicable': [
      'Synthetic: the region is responsible for this, not the city.',
      'Synthetic: the law of our country leaves the city no say in this.',
    ],
  },
  de: {
    good: [
      'Synthetisch: {year} vom Rat beschlossen; der letzte Bericht ist vom Frühjahr.',
      'Synthetisch: seit {year} eingerichtet, zusammen mit {number} Trägern.',
      'Synthetisch: Zwei Mitarbeitende kümmern sich darum; {number} Personen haben im letzten Jahr teilgenommen.',
      'Synthetisch: seit {year} fester Teil des Haushalts.',
      'Synthetisch: siehe Jahresbericht {year}, Kapitel 3.',
      'Synthetisch: Jedes Amt benennt eine Ansprechperson; sie treffen sich {number}-mal im Jahr.',
    ],
    some: [
      'Synthetisch: bisher nur in einem Stadtteil, seit {year}.',
      'Synthetisch: Ein Entwurf liegt vor; der Rat berät im Herbst darüber.',
      'Synthetisch: Ein Verein bietet es an, die Stadt fördert ihn; {number} Personen wurden erreicht.',
      'Synthetisch: Modellversuch bis Ende des nächsten Jahres.',
      'Synthetisch: auf Anfrage, ohne festes Verfahren.',
    ],
    none: [
      'Synthetisch: bisher nicht; das Fachamt hat es vorgemerkt.',
      'Synthetisch: {year} aus Kostengründen beendet.',
      'Synthetisch: Zurzeit ist niemand dafür zuständig.',
    ],
    'not-known': ['Synthetisch: Das zuständige Amt hat noch nicht geantwortet.', 'Synthetisch: Dazu gibt es keine Zahlen nach Herkunft.'],
    'not-applicable': [
      'Synthetisch: Dafür ist die Region zuständig, nicht die Stadt.',
      'Synthetisch: Das Landesrecht lässt der Stadt hier keinen Spielraum.',
    ],
  },
}

/** One invented sentence that says what it is. */
export function explain(random: Random, language: DemoLanguage, tone: Tone, year: number): string {
  const sentence = drawFrom(random, sentences[language][tone])
  return sentence.replace('{year}', String(year - 1 - Math.floor(random() * 8))).replace('{number}', String(4 + Math.floor(random() * 60)))
}
