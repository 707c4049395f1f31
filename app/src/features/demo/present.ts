import { reviewedTexts } from './reviewed-city.ts'

/** How far a city is in the present wave. */
export type DemoStage = 'invited' | 'started' | 'half-answered' | 'complete' | 'submitted' | 'changed'

export interface PresentCity {
  name: string
  country: string
  stage: DemoStage
  population: number
  /** Percent. */
  shareForeignBorn: number
  /** Given instead of drawn, so that the six differ; in standard deviations of cities. */
  level: number
  /** Positions of the earlier waves in which it took part. */
  earlierWaves: readonly number[]
  /** Which questions it has come to. */
  isAsked: (question: string, area: string) => boolean
  submittedDaysAgo: number | null
  /** Questions answered differently after handing in. */
  changed: readonly string[]
  /** Explanations that are given instead of drawn, by question. */
  explained?: Readonly<Record<string, string>>
}

const everything = (): boolean => true

/** Areas that the half-answered city has finished; of the area "lens" it has only the schools. */
const finished = new Set(['commitment', 'mediation', 'language', 'outlook', 'welcoming', 'anti-discrimination'])

const startedWith = new Set([
  'com-01',
  'com-02',
  'com-03',
  'com-04',
  'com-05',
  'com-06',
  'com-07',
  'com-08',
  'com-09',
  'com-10',
  'wel-01',
  'wel-02',
  'wel-03',
])

/** The six cities of the present wave, each at another stage. The submitted one takes part for the first time. */
export const presentCities: readonly PresentCity[] = [
  {
    name: 'Laternenbrück',
    country: 'DE',
    stage: 'half-answered',
    population: 37_400,
    shareForeignBorn: 29.8,
    level: 0.4,
    earlierWaves: [0, 1],
    isAsked: (question, area) => finished.has(area) || question.startsWith('edu-'),
    submittedDaysAgo: null,
    changed: [],
  },
  {
    name: 'Villamosaica',
    country: 'ES',
    stage: 'invited',
    population: 216_900,
    shareForeignBorn: 13.2,
    level: -0.6,
    earlierWaves: [1],
    isAsked: () => false,
    submittedDaysAgo: null,
    changed: [],
  },
  {
    name: 'Castelcalamaio',
    country: 'IT',
    stage: 'started',
    population: 158_200,
    shareForeignBorn: 11.6,
    level: 0.1,
    earlierWaves: [0],
    isAsked: (question) => startedWith.has(question),
    submittedDaysAgo: null,
    changed: [],
  },
  {
    name: 'Molnköping',
    country: 'SE',
    stage: 'complete',
    population: 164_300,
    shareForeignBorn: 17.7,
    level: 0.7,
    earlierWaves: [0, 1],
    isAsked: everything,
    submittedDaysAgo: null,
    changed: [],
  },
  {
    name: 'Mozaikowice',
    country: 'PL',
    stage: 'submitted',
    population: 338_500,
    shareForeignBorn: 4.1,
    level: 1.2,
    earlierWaves: [],
    isAsked: everything,
    submittedDaysAgo: 9,
    changed: [],
    explained: reviewedTexts.explanations,
  },
  {
    name: 'Mākoņpils',
    country: 'LV',
    stage: 'changed',
    population: 604_700,
    shareForeignBorn: 12.9,
    level: -0.1,
    earlierWaves: [1],
    isAsked: everything,
    submittedDaysAgo: 14,
    changed: ['com-09', 'edu-02', 'med-03', 'out-02', 'lea-05'],
  },
]
