import type { PlantedNetwork } from '../planted-network.ts'
import { answering, cityA, type Expectation, idempotent, ifMatch, key } from './expectation.ts'

const arranging = ['coordinator'] as const
const city = '/cities/:slug'
const ofCity = '/api/v1/cities/{city}'
const assessment = '/assessments/:assessmentId'
const ofAssessment = '/api/v1/assessments/{assessmentId}'
const seen = () => ({ version: '1' })
const byDepartment = ({ departmentA }: PlantedNetwork) => ({ departmentId: departmentA })

const departments: Record<string, Expectation> = {
  [`GET ${city}/departments`]: { who: cityA },
  [`POST ${city}/departments`]: { who: arranging, form: () => ({ names: 'School department', ...key() }) },
  [`GET ${city}/departments/:department`]: { who: arranging },
  [`POST ${city}/departments/:department`]: { who: arranging, form: () => ({ ...seen(), name: 'Another name' }) },
  [`GET ${city}/departments/:department/end`]: { who: arranging },
  [`POST ${city}/departments/:department/end`]: { who: arranging, form: seen },
  [`POST ${city}/contacts`]: { who: arranging, form: () => ({ name: 'Somebody', ...key() }) },
  [`GET ${city}/contacts/:contact`]: { who: arranging },
  [`POST ${city}/contacts/:contact`]: { who: arranging, form: () => ({ ...seen(), name: 'Somebody else' }) },
  [`GET ${city}/contacts/:contact/end`]: { who: arranging },
  [`POST ${city}/contacts/:contact/end`]: { who: arranging, form: seen },
  [`POST ${city}/settings`]: { who: arranging, form: () => ({ version: '0', contributorsSeeAll: 'all' }) },
  [`GET ${ofCity}/departments`]: { who: cityA },
  [`POST ${ofCity}/departments`]: { who: arranging, headers: idempotent, json: () => ({ names: ['School department'] }) },
  [`PUT ${ofCity}/departments/{department}`]: { who: arranging, headers: ifMatch(1), json: () => ({ name: 'Another name', members: [] }) },
  [`POST ${ofCity}/departments/{department}/end`]: { who: arranging, headers: ifMatch(1), json: () => ({}) },
  [`POST ${ofCity}/contacts`]: { who: arranging, headers: idempotent, json: () => ({ name: 'Somebody' }) },
  [`PUT ${ofCity}/contacts/{contact}`]: { who: arranging, headers: ifMatch(1), json: () => ({ name: 'Somebody else' }) },
  [`POST ${ofCity}/contacts/{contact}/end`]: { who: arranging, headers: ifMatch(1), json: () => ({}) },
  [`PUT ${ofCity}/settings`]: { who: arranging, headers: ifMatch(0), json: () => ({ contributorsSeeAll: true }) },
}

const assignments: Record<string, Expectation> = {
  [`GET ${assessment}/assignments`]: { who: cityA },
  [`POST ${assessment}/assignments/take-over`]: { who: arranging, form: key },
  [`GET ${assessment}/assignments/areas`]: { who: arranging },
  [`POST ${assessment}/assignments/areas`]: {
    who: arranging,
    form: ({ dimension, departmentA }) => ({ [`who-${dimension}`]: `department:${departmentA}`, [`seen-${dimension}`]: '1', ...key() }),
  },
  [`GET ${assessment}/assignments/new`]: { who: arranging },
  [`POST ${assessment}/assignments/new`]: {
    who: arranging,
    form: (planted) => ({ questions: `${planted.question}:0`, ...byDepartment(planted), ...key() }),
  },
  [`GET ${assessment}/assignments/:assignment`]: { who: arranging },
  [`POST ${assessment}/assignments/:assignment`]: { who: arranging, form: (planted) => ({ ...seen(), ...byDepartment(planted) }) },
  [`POST ${assessment}/assignments/:assignment/withdraw`]: { who: arranging, form: seen },
  [`GET ${assessment}/assignments/:assignment/hand-on`]: { who: answering },
  [`POST ${assessment}/assignments/:assignment/hand-on`]: {
    who: answering,
    form: ({ contactA }) => ({ ...seen(), to: `contact:${contactA}` }),
  },
  [`GET ${assessment}/overview`]: { who: cityA },
  [`GET ${assessment}/overview.csv`]: { who: cityA },
  [`GET ${assessment}/overview/questions`]: { who: cityA },
  [`GET ${ofAssessment}/assignments`]: { who: cityA },
  [`POST ${ofAssessment}/assignments`]: {
    who: arranging,
    headers: idempotent,
    json: (planted) => ({ assignments: [{ question: planted.question, personId: planted.people.contributor.person.id }] }),
  },
  [`POST ${ofAssessment}/assignments/take-over`]: { who: arranging, headers: idempotent },
  [`PUT ${ofAssessment}/assignments/{assignment}`]: { who: arranging, headers: ifMatch(1), json: byDepartment },
  [`DELETE ${ofAssessment}/assignments/{assignment}`]: { who: arranging, headers: ifMatch(1) },
  [`POST ${ofAssessment}/assignments/{assignment}/hand-on`]: {
    who: answering,
    headers: ifMatch(1),
    json: ({ contactA }) => ({ to: `contact:${contactA}` }),
  },
  [`GET ${ofAssessment}/overview`]: { who: cityA },
}

export const departmentsRoutes: Readonly<Record<string, Expectation>> = { ...departments, ...assignments }
