import { hashOf } from '../../canonical.ts'
import { partnerRights } from '../../permissions.ts'
import type { Instrument } from '../instrument/instrument.ts'
import { freezeContent, type FreezeInput, scoreFrozen } from '../results/frozen.ts'
import { type DemoAccount, demoAccounts } from './accounts.ts'
import { departmentRows } from './departments.ts'
import type { DemoAnswer, DemoAssessment, DemoNetwork } from './network.ts'
import type { BulkRow, BulkTable } from './queries.ts'
import { createRandom, drawUuid } from './random.ts'
import { togetherRows } from './together.ts'

/** The instrument version that all waves of the demonstration freeze. */
export interface DemoInstrument {
  id: string
  rules: Instrument
}

export interface DemoPerson extends DemoAccount {
  id: string
  passwordHash: string
  cityId: string | null
}

/** The people of the sign-ins; all share one password, so it is hashed once. */
export async function inventPeople({ seed, cities }: DemoNetwork, hash: (password: string) => Promise<string>): Promise<DemoPerson[]> {
  const passwordHash = await hash(demoAccounts[0]!.password)
  const idOf = (name: string | null) => (name === null ? null : cities.find((city) => city.name === name)!.id)
  return demoAccounts.map((account) => ({
    ...account,
    id: drawUuid(createRandom(seed, 'person', account.email)),
    passwordHash,
    cityId: idOf(account.city),
  }))
}

/** The newest version of each question, as far as it was saved by then. */
function answersAt({ versions }: DemoAssessment, at: Date | null): Map<string, DemoAnswer> {
  return new Map(versions.filter(({ updatedAt }) => at === null || updatedAt <= at).map((version) => [version.questionId, version]))
}

/** Answers of a city with sign-ins were written by its coordinator, now and then by its contributor. */
function authorOf(people: readonly DemoPerson[], cityId: string, i: number): string | null {
  const writers = people.filter(
    (person) => person.cityId === cityId && (person.role === 'city-coordinator' || person.role === 'contributor'),
  )
  return writers.length === 0 ? null : writers[i % 3 === 0 ? writers.length - 1 : 0]!.id
}

const source = 'Synthetic demonstration data'

interface RowContext {
  network: DemoNetwork
  people: readonly DemoPerson[]
  instrument: DemoInstrument
  now: Date
}

function answerRows({ people }: RowContext, assessment: DemoAssessment) {
  const { id, city, versions } = assessment
  const row = ({ questionId, version, options, missing, reason, explanation, language }: DemoAnswer) => ({
    assessment_id: id,
    question_id: questionId,
    city_id: city.id,
    version,
    options,
    missing,
    reason,
    explanation,
    language,
  })
  const author = (questionId: string) => authorOf(people, city.id, questionId.charCodeAt(questionId.length - 1))
  return {
    answers: [...answersAt(assessment, null).values()].map((answer) => ({
      ...row(answer),
      updated_at: answer.updatedAt,
      updated_by: author(answer.questionId),
    })),
    history: versions.map((answer) => ({ ...row(answer), saved_at: answer.updatedAt, saved_by: author(answer.questionId) })),
  }
}

function frozenInput({ instrument }: RowContext, assessment: DemoAssessment, now: Date): FreezeInput {
  const { id, city, wave } = assessment
  const answers = new Map(
    [...answersAt(assessment, now)].map(([question, answer]) => [question, { ...answer, updatedAt: answer.updatedAt.toISOString() }]),
  )
  return {
    assessment: { id, city: { slug: city.slug, name: city.name, isSynthetic: true }, wave: { slug: wave.slug, name: wave.name } },
    instrument: instrument.rules,
    answers,
    statements: [],
    citations: [],
    chain: [],
    translations: [],
    now,
  }
}

/** Frozen copy and results of what was handed in; nothing for what was not. */
function submissionRows(
  context: RowContext,
  assessment: DemoAssessment,
): { frozen: BulkRow<'frozen_assessments'>[]; results: BulkRow<'results'>[] } {
  const { id, city, wave, submittedAt } = assessment
  if (submittedAt === null) return { frozen: [], results: [] }
  const content = freezeContent(frozenInput(context, assessment, submittedAt))
  const contentHash = hashOf(content)
  const frozenId = drawUuid(createRandom(context.network.seed, 'frozen', id))
  const keys = {
    frozen_id: frozenId,
    city_id: city.id,
    wave_id: wave.id,
    instrument_version_id: context.instrument.id,
    created_at: submittedAt,
  }
  return {
    frozen: [
      {
        id: frozenId,
        assessment_id: id,
        city_id: city.id,
        wave_id: wave.id,
        content,
        content_hash: contentHash,
        frozen_at: submittedAt,
        frozen_by: authorOf(context.people, city.id, 1),
      },
    ],
    results: scoreFrozen(context.instrument.rules, content, contentHash).map(({ engineVersion, inputsHash, exactScores, ...row }) => ({
      ...keys,
      ...row,
      engine_version: engineVersion,
      inputs_hash: inputsHash,
      exact_scores: exactScores,
    })),
  }
}

function cityRows({ network, now }: RowContext) {
  return {
    cities: network.cities.map(({ id, slug, name, country, region, latitude, longitude }) => ({
      id,
      slug,
      name,
      country,
      region,
      latitude,
      longitude,
      is_synthetic: true,
      created_at: now,
    })),
    facts: network.cities.flatMap((city) => city.facts.map((fact) => ({ ...fact, city_id: city.id, source, updated_at: now }))),
  }
}

function peopleRows({ people, network, now }: RowContext) {
  const membershipId = ({ email }: DemoPerson) => drawUuid(createRandom(network.seed, 'membership', email))
  return {
    people: people.map(({ id, name, email, language }) => ({ id, name, email, email_verified: true, language, is_demo: true })),
    credentials: people.map(({ id, passwordHash }) => ({
      account_id: id,
      provider_id: 'credential',
      person_id: id,
      password: passwordHash,
    })),
    memberships: people.map((person) => ({
      id: membershipId(person),
      person_id: person.id,
      role: person.role,
      city_id: person.cityId,
      created_at: now,
    })),
    partnerRights: people
      .filter(({ role }) => role === 'technical-partner')
      .flatMap((person) =>
        partnerRights.map((right) => ({
          membership_id: membershipId(person),
          city_id: person.cityId,
          right,
          granted_at: now,
          granted_by: people.find(({ role, cityId }) => role === 'city-coordinator' && cityId === person.cityId)?.id ?? null,
        })),
      ),
  }
}

/** All rows of the demonstration, table by table in the order in which they can be inserted. */
export function toRows(
  network: DemoNetwork,
  people: readonly DemoPerson[],
  instrument: DemoInstrument,
  now: Date,
): [BulkTable, BulkRow<BulkTable>[]][] {
  const context = { network, people, instrument, now }
  const { cities, facts } = cityRows(context)
  const accounts = peopleRows(context)
  const answers = network.assessments.map((assessment) => answerRows(context, assessment))
  const submissions = network.assessments.map((assessment) => submissionRows(context, assessment))
  const shared = departmentRows(network, people, instrument.rules, now)
  const together = togetherRows(network, people, instrument.rules, now)
  const tables: [BulkTable, unknown[]][] = [
    ['cities', cities],
    ['city_facts', facts],
    ['people', accounts.people],
    ['credentials', accounts.credentials],
    ['memberships', accounts.memberships],
    ['partner_rights', accounts.partnerRights],
    [
      'waves',
      network.waves.map((wave) => ({
        id: wave.id,
        slug: wave.slug,
        name: wave.name,
        opens_at: wave.opensAt,
        closes_at: wave.closesAt,
        instrument_version_id: instrument.id,
        frozen_at: wave.opensAt,
        is_synthetic: true,
        created_at: now,
      })),
    ],
    [
      'assessments',
      network.assessments.map(({ id, city, wave, invitedAt, submittedAt }) => ({
        id,
        wave_id: wave.id,
        city_id: city.id,
        invited_at: invitedAt,
        submitted_at: submittedAt,
        submitted_by: submittedAt && authorOf(people, city.id, 1),
      })),
    ],
    ['departments', shared.departments],
    ['department_members', shared.department_members],
    ['contacts', shared.contacts],
    ['assignments', shared.assignments],
    ['answers', answers.flatMap((each) => each.answers)],
    ['answer_history', answers.flatMap((each) => each.history)],
    ['frozen_assessments', submissions.flatMap((each) => each.frozen)],
    ['results', submissions.flatMap((each) => each.results)],
    ['sign_off_steps', together.sign_off_steps],
    ['suggestions', together.suggestions],
  ]
  return tables as [BulkTable, BulkRow<BulkTable>[]][]
}
