import type { EvidenceDetails } from '../evidence/evidence.ts'
import { daysAfter } from '../evidence/evidence.ts'
import { simplePdf } from './simple-pdf.ts'

// The library of the demonstration's city: every document is invented and says so on every page.

/** On every invented document. */
export const invented = 'Erfundenes Dokument der Demonstration von Tessera (synthetic, invented).'

/** Where a document proves an answer. */
export interface DemoCitation {
  question: string
  page: number | null
  quotation: string | null
}

export interface DemoDocument extends EvidenceDetails {
  /** Name of the file and its bytes; null = a link. */
  file: { name: string; bytes: Uint8Array } | null
  url: string | null
  citations: readonly DemoCitation[]
}

export const pdf = (title: string, pages: readonly (readonly string[])[], language: 'de' | 'en' = 'de'): Uint8Array =>
  simplePdf(
    title,
    pages.map(([heading = '', ...lines], i) => [
      heading,
      ...lines,
      '',
      invented,
      language === 'de' ? `Seite ${i + 1} von ${pages.length}` : `Page ${i + 1} of ${pages.length}`,
    ]),
  )

export const text = (lines: readonly string[]): Uint8Array => new TextEncoder().encode(`${lines.join('\n')}\n`)

const plain = {
  datedOn: null,
  validFrom: null,
  validUntil: null,
  isConfidential: false,
  releaseLevel: 'private',
  language: 'de',
  note: null,
  url: null,
} as const

const guidelines = [
  ['Leitlinien Integration und Vielfalt', 'Stadt Laternenbrück, beschlossen für 2022 bis 2027', 'Vorwort der Bürgermeisterin'],
  [
    'Grundsätze',
    'Laternenbrück sieht die Vielfalt seiner Bewohnerinnen und Bewohner als Stärke',
    'und richtet seine Dienste darauf aus. Fast ein Drittel der Menschen ist in einem',
    'anderen Land geboren.',
  ],
  ['Ausgangslage', '37 400 Menschen leben in der Stadt, 29,8 % von ihnen sind im Ausland geboren.'],
  [
    'Beschluss und Geltung',
    'Die Stadtverordnetenversammlung hat diese Leitlinien am 12. Mai 2022 ein-',
    'stimmig beschlossen. Sie gelten bis zum 31. Dezember 2027 und werden alle zwei',
    'Jahre fortgeschrieben.',
  ],
  [
    'Aktionsplan',
    'Zu jedem Ziel nennt der Aktionsplan Maßnahme, zuständiges Amt, Frist und Mittel.',
    'Das Integrationsbüro berichtet jährlich über den Stand.',
  ],
]

const budget = [
  ['Haushaltsplan, Produkt 05.10 Integration', 'Auszug aus dem Haushaltsplan des Vorjahres'],
  ['Ansätze', 'Für Maßnahmen zu Integration und Vielfalt sind 412.000 Euro veranschlagt,', 'davon 180.000 Euro für Sprachangebote.'],
]

const welcome = [
  ['Willkommen in Laternenbrück', 'Informationspaket in sieben Sprachen'],
  [
    'Sprachen',
    'Das Paket gibt es auf Deutsch, Englisch, Türkisch, Arabisch, Ukrainisch,',
    'Rumänisch und Spanisch. Es liegt im Bürgerbüro aus und steht im Internet.',
  ],
]

const council = [
  'Beirat für Integration, Protokoll der Sitzung vom 14. März',
  invented,
  '',
  'TOP 3: Zuständigkeit in der Verwaltung',
  'Das Integrationsbüro ist fachübergreifend zuständig und untersteht der Bürgermeisterin.',
  'Alle Ämter haben eine Ansprechperson benannt.',
]

const courses = [
  'Angebot;Träger;Plätze',
  'Deutsch A1 am Abend;Volkshochschule;48',
  'Deutsch für Mütter;Familienzentrum;24',
  `${invented};;`,
]

/** Seven entries: PDF, text, table, link; one that has expired, one that soon will, one confidential. */
export function demoDocuments(now: Date): DemoDocument[] {
  const year = now.getUTCFullYear()
  return [
    {
      ...plain,
      title: 'Leitlinien Integration und Vielfalt',
      kind: 'strategy',
      datedOn: '2022-05-12',
      validUntil: '2027-12-31',
      releaseLevel: 'network',
      note: 'Die beschlossene Strategie der Stadt.',
      file: { name: 'Leitlinien_Integration_2022-2027.pdf', bytes: pdf('Leitlinien Integration und Vielfalt', guidelines) },
      citations: [
        { question: 'com-01', page: 2, quotation: 'Laternenbrück sieht die Vielfalt seiner Bewohnerinnen und Bewohner als Stärke' },
        {
          question: 'com-02',
          page: 4,
          quotation: 'Die Stadtverordnetenversammlung hat diese Leitlinien am 12. Mai 2022 einstimmig beschlossen.',
        },
        { question: 'com-03', page: 5, quotation: 'Zu jedem Ziel nennt der Aktionsplan Maßnahme, zuständiges Amt, Frist und Mittel.' },
      ],
    },
    {
      ...plain,
      title: 'Haushaltsplan, Auszug Integration',
      kind: 'decision',
      datedOn: `${year - 1}-01-20`,
      validUntil: `${year - 1}-12-31`,
      releaseLevel: 'partner',
      file: { name: `Haushalt_${year - 1}_Auszug.pdf`, bytes: pdf('Haushaltsplan, Auszug', budget) },
      citations: [{ question: 'com-04', page: 2, quotation: 'Für Maßnahmen zu Integration und Vielfalt sind 412.000 Euro veranschlagt' }],
    },
    {
      ...plain,
      title: 'Willkommenspaket für Neuzugewanderte',
      kind: 'report',
      datedOn: `${year - 2}-09-01`,
      validUntil: daysAfter(now, 40),
      releaseLevel: 'public',
      file: { name: 'Willkommenspaket.pdf', bytes: pdf('Willkommen in Laternenbrück', welcome) },
      citations: [
        {
          question: 'wel-02',
          page: 2,
          quotation: 'Das Paket gibt es auf Deutsch, Englisch, Türkisch, Arabisch, Ukrainisch, Rumänisch und Spanisch.',
        },
      ],
    },
    {
      ...plain,
      title: 'Protokoll des Beirats für Integration',
      kind: 'minutes',
      datedOn: `${year}-03-14`,
      file: { name: 'Protokoll Beirat März.txt', bytes: text(council) },
      citations: [{ question: 'com-09', page: 1, quotation: 'Das Integrationsbüro ist fachübergreifend zuständig' }],
    },
    {
      ...plain,
      title: 'Sprachangebote mit Plätzen',
      kind: 'statistics',
      datedOn: `${year}-01-31`,
      file: { name: 'Sprachangebote.csv', bytes: text(courses) },
      citations: [{ question: 'lan-01', page: 1, quotation: 'Deutsch A1 am Abend' }],
    },
    {
      ...plain,
      title: 'Seite „Vielfalt“ der Stadt',
      kind: 'website',
      releaseLevel: 'public',
      file: null,
      url: 'https://www.laternenbrueck.example/vielfalt',
      citations: [{ question: 'com-08', page: null, quotation: null }],
    },
    {
      ...plain,
      title: 'Dienstvereinbarung mehrsprachige Beratung (Entwurf)',
      kind: 'contract',
      isConfidential: true,
      note: 'Noch nicht beschlossen.',
      file: { name: 'Entwurf_Dienstvereinbarung.pdf', bytes: pdf('Dienstvereinbarung', [['Entwurf', 'Nicht zur Weitergabe.']]) },
      citations: [],
    },
  ]
}
