import { type DemoDocument, invented, pdf, text } from './documents.ts'

// The city of the demonstration that has handed in and is reviewed: what it explains and proves. Everything is invented.

export const reviewedCity = 'Mozaikowice'

/** Explanations by question, and their translations into German: one is a draft, one was checked. */
export const reviewedTexts = {
  explanations: {
    'com-01': 'Synthetic: the council adopted the declaration "Open Mosaic" in March 2023; it stands on page 2 of the strategy.',
    'com-03': 'Synthetic: the strategy has an action plan with 24 measures; each of them names the department in charge.',
  },
  translations: [
    {
      question: 'com-01',
      isChecked: true,
      text: 'Synthetisch: Der Rat hat im März 2023 die Erklärung „Offenes Mosaik“ beschlossen; sie steht auf Seite 2 der Strategie.',
    },
    {
      question: 'com-03',
      isChecked: false,
      text: 'Synthetisch: Zur Strategie gehört ein Aktionsplan mit 24 Maßnahmen; jede nennt das zuständige Amt.',
    },
  ],
} as const

const plain = {
  datedOn: null,
  validFrom: null,
  validUntil: null,
  isConfidential: false,
  releaseLevel: 'private',
  language: 'en',
  note: null,
  url: null,
} as const

const strategy = [
  ['Open Mosaic: strategy for living together', 'City of Mozaikowice, 2023 to 2028', 'The strengths of a diverse city'],
  [
    'Declaration of the council',
    'The council of Mozaikowice declares that the diversity of the people who live',
    'here is a strength of the city. It adopts this declaration on 14 March 2023.',
  ],
  [
    'In force',
    'The council adopted the strategy on 14 March 2023. It is in force until',
    '31 December 2028 and covers school, work, housing and health.',
  ],
  [
    'Action plan',
    'Each of the 24 measures names the department in charge. Deadlines are set for',
    'the eleven measures that begin in the first two years.',
  ],
]

const report = [
  'Report on the strategy Open Mosaic, second year',
  invented,
  '',
  'The steering group has read the report and asked for three changes.',
  'Two of them were made by the end of the year; the third is under way.',
]

const contacts = ['Department;Contact', 'Schools;one person', 'Housing;one person', 'Synthetic, invented;']

/** PDF, text and table: released, confidential and for the city alone. */
export function reviewedDocuments(): DemoDocument[] {
  return [
    {
      ...plain,
      title: 'Strategy Open Mosaic',
      kind: 'strategy',
      datedOn: '2023-03-14',
      validUntil: '2028-12-31',
      releaseLevel: 'network',
      file: { name: 'Open_Mosaic_2023-2028.pdf', bytes: pdf('Open Mosaic', strategy, 'en') },
      citations: [
        {
          question: 'com-01',
          page: 2,
          quotation: 'The council of Mozaikowice declares that the diversity of the people who live here is a strength of the city.',
        },
        { question: 'com-02', page: 3, quotation: 'The council adopted the strategy on 14 March 2023.' },
        { question: 'com-03', page: 4, quotation: 'Deadlines are set for the eleven measures that begin in the first two years.' },
      ],
    },
    {
      ...plain,
      title: 'Report on the strategy, second year',
      kind: 'report',
      datedOn: '2025-02-10',
      releaseLevel: 'public',
      file: { name: 'Report_second_year.txt', bytes: text(report) },
      citations: [{ question: 'com-06', page: 1, quotation: 'The steering group has read the report and asked for three changes.' }],
    },
    {
      ...plain,
      title: 'Minutes of the steering group',
      kind: 'minutes',
      datedOn: '2025-06-03',
      isConfidential: true,
      releaseLevel: 'network',
      file: { name: 'Minutes_steering_group.pdf', bytes: pdf('Minutes', [['Steering group', 'Not to be passed on.']], 'en') },
      citations: [{ question: 'com-05', page: 1, quotation: null }],
    },
    {
      ...plain,
      title: 'Contacts in the departments',
      kind: 'other',
      file: { name: 'Contacts.csv', bytes: text(contacts) },
      citations: [{ question: 'com-09', page: 1, quotation: 'Schools' }],
    },
  ]
}
