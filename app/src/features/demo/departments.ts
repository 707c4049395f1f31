import type { Instrument } from '../instrument/instrument.ts'
import type { DemoAssessment, DemoNetwork } from './network.ts'
import type { BulkRow } from './queries.ts'
import { createRandom, drawUuid } from './random.ts'

// Who answers what in the demonstration city whose people can sign in. Departments and people are invented.

/** Only this city shares its work. */
export const sharingCity = 'Laternenbrück'

/** Names, with the mailboxes of those who work there. */
const departments: Readonly<Record<string, readonly string[]>> = {
  Bürgeramt: [],
  Kulturamt: [],
  Ordnungsamt: [],
  Pressestelle: [],
  Schulamt: ['contributor'],
  Sozialamt: [],
  'Stabsstelle Integration': ['coordinator'],
  Stadtplanungsamt: [],
}

const contacts = [
  { name: 'Pina Murmelstein', post: 'Leitung der Stadtbibliothek', department: 'Kulturamt', mailbox: 'pina.murmelstein' },
  { name: 'Tilo Wetterfrosch', post: 'Quartiersmanagement Nord', department: 'Stadtplanungsamt', mailbox: 'tilo.wetterfrosch' },
] as const

interface DemoAssignment {
  /** An area, or all questions of an indicator one by one. */
  area?: string
  indicator?: string
  department?: string
  /** Mailbox. */
  person?: string
  contact?: string
  /** Days from now; negative = over. */
  dueIn?: number
  note?: string
}

/** The present wave: something is overdue, something is due in two days, and two areas are with nobody. */
const present: readonly DemoAssignment[] = [
  { area: 'commitment', department: 'Stabsstelle Integration', person: 'coordinator' },
  { area: 'lens', department: 'Schulamt', dueIn: 10, note: 'Bitte mit den Zahlen der letzten Schulstatistik.' },
  { indicator: 'culture', department: 'Kulturamt', contact: 'Pina Murmelstein', dueIn: 14 },
  { indicator: 'neighbourhoods', department: 'Stadtplanungsamt', contact: 'Tilo Wetterfrosch', dueIn: 14 },
  { area: 'mediation', department: 'Ordnungsamt', dueIn: 20 },
  { area: 'language', department: 'Schulamt', person: 'contributor', dueIn: -10 },
  { area: 'media', department: 'Pressestelle', dueIn: -4, note: 'Der Medienspiegel vom Frühjahr liegt bei der Stabsstelle.' },
  { area: 'outlook', department: 'Stabsstelle Integration', person: 'coordinator' },
  { area: 'competence', department: 'Schulamt', person: 'contributor', dueIn: 12 },
  { area: 'welcoming', department: 'Bürgeramt', dueIn: -20 },
  { area: 'anti-discrimination', department: 'Ordnungsamt' },
  { area: 'interaction', department: 'Schulamt', person: 'contributor', dueIn: 2, note: 'Momo, Sie kennen die Vereine am besten.' },
]

/** The last wave: part of it can be taken over. */
const earlier: readonly DemoAssignment[] = [
  { area: 'lens', department: 'Schulamt' },
  { area: 'leadership', department: 'Stabsstelle Integration' },
  { area: 'participation', department: 'Sozialamt', note: 'Wie immer zusammen mit dem Integrationsrat.' },
]

interface DemoPeople {
  id: string
  email: string
  cityId: string | null
}

export interface DepartmentRows {
  departments: BulkRow<'departments'>[]
  department_members: BulkRow<'department_members'>[]
  contacts: BulkRow<'contacts'>[]
  assignments: BulkRow<'assignments'>[]
}

interface Making {
  seed: number
  cityId: string
  instrument: Instrument
  people: readonly DemoPeople[]
  now: Date
}

const keyOf = (seed: number, kind: string, name: string): string => drawUuid(createRandom(seed, kind, name))

const personKey = (people: readonly DemoPeople[], mailbox: string | undefined): string | null =>
  people.find(({ email }) => email.startsWith(`${mailbox}@`))?.id ?? null

function dayFrom(now: Date, days: number | undefined): string | null {
  return days === undefined ? null : new Date(now.getTime() + days * 24 * 3600 * 1000).toISOString().slice(0, 10)
}

/** Areas as they are; the questions of an indicator one by one. */
function targetsOf(
  { area, indicator }: DemoAssignment,
  { dimensions }: Instrument,
): { dimension_id: string | null; question_id: string | null }[] {
  if (area !== undefined) return dimensions.some(({ id }) => id === area) ? [{ dimension_id: area, question_id: null }] : []
  const questions = dimensions.flatMap(({ indicators }) =>
    indicators.filter(({ id }) => id === indicator).flatMap((each) => each.questions),
  )
  return questions.map(({ id }) => ({ dimension_id: null, question_id: id }))
}

function assignmentRows(list: readonly DemoAssignment[], assessment: DemoAssessment, making: Making): BulkRow<'assignments'>[] {
  const { seed, cityId, instrument, people, now } = making
  return list.flatMap((each) =>
    targetsOf(each, instrument).map((target) => ({
      id: keyOf(seed, `assignment ${assessment.id}`, target.dimension_id ?? target.question_id!),
      assessment_id: assessment.id,
      city_id: cityId,
      ...target,
      department_id: each.department === undefined ? null : keyOf(seed, 'department', each.department),
      person_id: personKey(people, each.person),
      contact_id: each.contact === undefined ? null : keyOf(seed, 'contact', each.contact),
      due_on: dayFrom(now, each.dueIn),
      note: each.note ?? null,
      created_at: assessment.invitedAt,
      created_by: personKey(people, 'coordinator'),
    })),
  )
}

/** Departments, contacts and assignments of the city that shares its work; nothing when the network has no such city or nobody signs in. */
export function departmentRows(network: DemoNetwork, people: readonly DemoPeople[], instrument: Instrument, now: Date): DepartmentRows {
  const city = network.cities.find(({ name }) => name === sharingCity)
  if (city === undefined || people.length === 0) return { departments: [], department_members: [], contacts: [], assignments: [] }
  const { seed } = network
  const common = { city_id: city.id, created_at: now, created_by: personKey(people, 'coordinator') }
  const own = network.assessments.filter((assessment) => assessment.city === city)
  const [last, before] = [...own].sort((a, b) => b.wave.opensAt.getTime() - a.wave.opensAt.getTime())
  const making = { seed, cityId: city.id, instrument, people, now }
  return {
    departments: Object.keys(departments).map((name) => ({ id: keyOf(seed, 'department', name), name, ...common })),
    department_members: Object.entries(departments).flatMap(([name, mailboxes]) =>
      mailboxes.map((mailbox) => ({ department_id: keyOf(seed, 'department', name), person_id: personKey(people, mailbox), ...common })),
    ),
    contacts: contacts.map(({ name, post, department, mailbox }) => ({
      id: keyOf(seed, 'contact', name),
      name,
      post,
      email: `${mailbox}@demo.example`,
      department_id: keyOf(seed, 'department', department),
      ...common,
    })),
    assignments: [
      ...(last === undefined ? [] : assignmentRows(present, last, making)),
      ...(before === undefined ? [] : assignmentRows(earlier, before, making)),
    ],
  }
}
