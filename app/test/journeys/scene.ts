import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ApiClient, type TestServer } from './server.ts'

// What the demonstration network holds and lacks, for tests that look at its pages.

/** Mailbox of a demonstration account, or nobody. */
export type Visitor =
  | 'stranger'
  /** Holds a guest link; its visits begin by opening it. */
  | 'guest'
  | 'coordinator'
  | 'coordinator.complete'
  | 'coordinator.submitted'
  | 'contributor'
  | 'approver'
  | 'partner'
  | 'expert'
  | 'expert.second'
  | 'evaluation'
  | 'network'

/** What the pages are about. */
export interface Scene {
  assessmentId: string
  /** Of a city that has handed in. */
  submission: { assessmentId: string; submissionId: string }
  city: string
  openWave: string
  plannedWave: string
  closedWave: string
  dimension: string
  question: string
  invitationToken: string
  /** A step of the chain that signs. */
  stepId: string
  resetToken: string
  /** Secret of a guest link for the first question. */
  guestToken: string
  /** Keys of a department, of somebody without an account, and of an assignment. */
  work: { department: string; contact: string; assignment: string }
  /** A question whose answer has a text, with a draft of its translation. */
  explained: string
  /** A file of earlier results that waits, and one that was taken in. */
  earlier: { file: string; importId: string }
  /** Files that wait between preview and confirmation. */
  spreadsheets: { answers: string; facts: string; cityPeople: string; networkPeople: string }
  /** Slugs of cities with a result, and a group of them that the coordinator has saved. */
  comparedCities: readonly string[]
  savedGroupId: string
  /** A document that the question cites. */
  cited: { evidenceId: string; citationId: string }
  /** Of the city that has handed in, with the expert who scores every question. */
  review: { reviewId: string; assignmentId: string }
  /** A query of its expert, and the coordinator of its city. */
  dialogue: { queryId: string; visitor: Visitor }
}

interface AssessmentSummary {
  id: string
  city: { slug: string }
  wave: { slug: string; closesAt: string }
}

/** A demonstration account at the API. */
export async function clientOf(server: TestServer, visitor: Exclude<Visitor, 'stranger' | 'guest'>): Promise<ApiClient> {
  const client = new ApiClient(server)
  const { email, password } = server.account(`${visitor}@`)
  await client.signIn(email, password)
  return client
}

/** The assessment of the present wave in the city of this account. */
export async function openAssessmentOf(client: ApiClient): Promise<AssessmentSummary> {
  const { assessments } = await client.get<{ assessments: AssessmentSummary[] }>('/api/v1/assessments')
  return assessments.find(({ wave }) => Date.parse(wave.closesAt) > Date.now())!
}

async function expectJson<T>(response: Response): Promise<T> {
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${await response.text()}`)
  return (response.status === 204 ? null : await response.json()) as T
}

const create = async <T>(client: ApiClient, path: string, body?: unknown): Promise<T> =>
  expectJson<T>(await client.call('POST', path, body, { 'Idempotency-Key': crypto.randomUUID() }))

/** Token of the newest link in the mails of the outbox. */
async function findResetToken(server: TestServer): Promise<string> {
  const outbox = join(server.dataDir, 'outbox')
  for (let attempt = 0; attempt < 50; attempt++) {
    const mails = readdirSync(outbox, { withFileTypes: true })
      .filter(({ name }) => name.endsWith('.eml'))
      .map(({ name }) =>
        readFileSync(join(outbox, name), 'utf8')
          .replaceAll(/=\r?\n/g, '')
          .replaceAll('=3D', '='),
      )
    const token = mails.map((mail) => /reset-password\?token=([\w-]+)/.exec(mail)?.[1]).find((found) => found !== undefined)
    if (token !== undefined) return token
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('no mail with a link for a new password')
}

/** A file of earlier results with a mistake that waits for its correction, and one that was taken in. */
async function bringEarlierResults(network: ApiClient): Promise<Scene['earlier']> {
  const look = async (value: string) => {
    const rows = [
      'city,country,year,instrument,instrument_version,code,value,source',
      `Exampleton,SE,2019,Older index,2,index,${value},"Report, page 4"`,
    ]
    const file = new Blob([rows.join('\n')], { type: 'text/csv' })
    return (await expectJson<{ file: string }>(await network.call('POST', '/api/v1/earlier-results/files?fileName=a.csv', file))).file
  }
  const { id } = await create<{ id: string }>(network, '/api/v1/earlier-results/imports', { file: await look('53') })
  return { file: await look('530'), importId: id }
}

/** Four cities of the comparison, and a saved group of them. */
async function saveGroup(client: ApiClient): Promise<Pick<Scene, 'comparedCities' | 'savedGroupId'>> {
  const { cities } = await client.get<{ cities: { city: { slug: string } }[] }>('/api/v1/comparison?limit=4')
  const comparedCities = cities.map(({ city }) => city.slug)
  const { id } = await create<{ id: string }>(client, '/api/v1/saved-groups', { name: 'Ports', cities: comparedCities })
  return { comparedCities, savedGroupId: id }
}

/** How the demonstration city shares its work. */
async function findWork(client: ApiClient, { id, city }: AssessmentSummary): Promise<Scene['work']> {
  interface Keyed {
    id: string
  }
  const { departments, contacts } = await client.get<{ departments: Keyed[]; contacts: Keyed[] }>(`/api/v1/cities/${city.slug}/departments`)
  const { assignments } = await client.get<{ assignments: Keyed[] }>(`/api/v1/assessments/${id}/assignments`)
  return { department: departments[0]!.id, contact: contacts[0]!.id, assignment: assignments[0]!.id }
}

/** Who signs in the demonstration city. */
async function findStep(client: ApiClient, { city }: AssessmentSummary): Promise<string> {
  const { steps } = await client.get<{ steps: { id: string }[] }>(`/api/v1/cities/${city.slug}/sign-off-steps`)
  return steps[0]!.id
}

/** Translates the first text of a city. */
async function translateOne(client: ApiClient, { id }: AssessmentSummary): Promise<string> {
  const { translations } = await client.get<{ translations: { questionId: string; sourceHash: string }[] }>(
    `/api/v1/assessments/${id}/translations`,
  )
  const { questionId, sourceHash } = translations[0]!
  const path = `/api/v1/assessments/${id}/answers/${questionId}/translations/en`
  await expectJson(await client.call('PUT', path, { explanation: 'A draft.', sourceHash }, { 'If-Match': '"0"' }))
  return questionId
}

/** Spreadsheets with something new, something that stands here already and something that is wrong. */
async function bringSpreadsheets(
  coordinator: ApiClient,
  network: ApiClient,
  { id, city }: AssessmentSummary,
): Promise<Scene['spreadsheets']> {
  const look = async (client: ApiClient, path: string, rows: readonly string[]) =>
    (await expectJson<{ file: string }>(await client.call('POST', path, new Blob([rows.join('\n')], { type: 'text/csv' })))).file
  const people = ['email,role,city', `a.colleague@example.org,contributor,${city.slug}`, 'nobody,contributor,']
  return {
    answers: await look(coordinator, `/api/v1/assessments/${id}/spreadsheet-files?fileName=a.csv`, [
      'id,answer,explanation',
      ...['com-01', 'com-02', 'com-03', 'med-01', 'mdc-02'].map((question) => `${question},not-known,Said in a spreadsheet`),
      'edu-01,perhaps,',
    ]),
    facts: await look(coordinator, `/api/v1/cities/${city.slug}/fact-files?fileName=a.csv`, [
      'fact,year,value,source,quality',
      'share-foreign-born,2001,"12,5",Register,own-count',
      'population,2001,-3,Register,own-count',
    ]),
    cityPeople: await look(coordinator, `/api/v1/people-files?city=${city.slug}&fileName=a.csv`, people),
    networkPeople: await look(network, '/api/v1/people-files?fileName=a.csv', people),
  }
}

/** A city that has handed in. */
async function handIn(server: TestServer): Promise<Scene['submission']> {
  const client = await clientOf(server, 'coordinator.complete')
  const { id: assessmentId } = await openAssessmentOf(client)
  const { id: submissionId } = await create<{ id: string }>(client, `/api/v1/assessments/${assessmentId}/submissions`)
  return { assessmentId, submissionId }
}

/** Slugs of the waves by their state, with one that is planned anew. */
async function planWave(network: ApiClient): Promise<Pick<Scene, 'plannedWave' | 'closedWave'>> {
  const soon = Date.now() + 24 * 3600 * 1000
  const planned = await create<{ slug: string }>(network, '/api/v1/waves', {
    name: 'Planned',
    opensAt: new Date(soon).toISOString(),
    closesAt: new Date(soon * 1.01).toISOString(),
  })
  const { waves } = await network.get<{ waves: { slug: string; status: string }[] }>('/api/v1/waves')
  return { plannedWave: planned.slug, closedWave: waves.find(({ status }) => status === 'closed')!.slug }
}

/** An invitation, a link for a new password, and a second step to be set up. */
async function prepareSignIn(server: TestServer, network: ApiClient, city: string): Promise<Pick<Scene, 'invitationToken' | 'resetToken'>> {
  const invitation = { email: 'new.colleague@example.org', role: 'contributor', city }
  const { link } = await create<{ link: string }>(network, '/api/v1/invitations', invitation)
  await expectJson(await network.call('POST', '/api/v1/password-resets', { email: server.account('partner@').email }))
  const contributor = await clientOf(server, 'contributor')
  await expectJson(await contributor.call('POST', '/api/v1/account/two-factor', { password: server.account('contributor@').password }))
  return { invitationToken: lastPart(link), resetToken: await findResetToken(server) }
}

/** First area and question of the questionnaire. */
async function findQuestion(client: ApiClient): Promise<Pick<Scene, 'dimension' | 'question'>> {
  const { content } = await client.get<{ content: { dimensions: { id: string; indicators: { questions: { id: string }[] }[] }[] } }>(
    '/api/v1/instruments/current',
  )
  const [dimension] = content.dimensions
  return { dimension: dimension!.id, question: dimension!.indicators[0]!.questions[0]!.id }
}

/** A conversation about a question, and a guest who may answer it. */
async function discuss(client: ApiClient, { id }: AssessmentSummary, question: string): Promise<Pick<Scene, 'guestToken'>> {
  const message = { text: 'Does the charter of the council count here?', isShared: true }
  await create(client, `/api/v1/assessments/${id}/questions/${question}/threads`, message)
  const guest = { questionIds: [question], name: 'School office' }
  const { link } = await create<{ link: string }>(client, `/api/v1/assessments/${id}/guests`, guest)
  return { guestToken: lastPart(link) }
}

const lastPart = (link: string): string => link.split('/').at(-1)!

/** The review of the demonstration, with the expert who scores every question. */
export async function findReview(server: TestServer): Promise<Scene['review']> {
  const expert = await clientOf(server, 'expert')
  const { reviews } = await expert.get<{ reviews: { id: string }[] }>('/api/v1/reviews')
  const reviewId = reviews[0]!.id
  const lead = await clientOf(server, 'evaluation')
  const path = `/api/v1/evaluations/reviews/${reviewId}`
  const { assignments } = await lead.get<{ assignments: { id: string; part: string }[] }>(path)
  return { reviewId, assignmentId: assignments.find(({ part }) => part === 'first')!.id }
}

/** The expert asks the city something. */
async function askSomething(server: TestServer, { reviewId }: Scene['review'], question: string): Promise<Scene['dialogue']> {
  const expert = await clientOf(server, 'expert')
  const { id: queryId } = await create<{ id: string }>(expert, `/api/v1/reviews/${reviewId}/questions/${question}/queries`, {
    text: 'Which page?',
  })
  return { queryId, visitor: 'coordinator.submitted' }
}

/** Makes what the demonstration lacks, and finds what it has. */
export async function setScene(server: TestServer): Promise<Scene> {
  const coordinator = await clientOf(server, 'coordinator')
  const network = await clientOf(server, 'network')
  const assessment = await openAssessmentOf(coordinator)
  const { dimension, question } = await findQuestion(network)
  const submission = await handIn(server)
  const review = await findReview(server)
  return {
    assessmentId: assessment.id,
    city: assessment.city.slug,
    openWave: assessment.wave.slug,
    dimension,
    question,
    submission,
    review,
    dialogue: await askSomething(server, review, question),
    ...(await planWave(network)),
    ...(await prepareSignIn(server, network, assessment.city.slug)),
    ...(await discuss(coordinator, assessment, question)),
    work: await findWork(coordinator, assessment),
    explained: await translateOne(coordinator, assessment),
    earlier: await bringEarlierResults(network),
    spreadsheets: await bringSpreadsheets(coordinator, network, assessment),
    ...(await saveGroup(coordinator)),
    stepId: await findStep(coordinator, assessment),
    cited: await findCitedEvidence(coordinator, assessment.id, question),
  }
}

/** The document that the demonstration's city cites for a question. */
async function findCitedEvidence(client: ApiClient, assessmentId: string, question: string): Promise<Scene['cited']> {
  const { citations } = await client.get<{ citations: { id: string; evidenceId: string }[] }>(
    `/api/v1/assessments/${assessmentId}/questions/${question}/citations`,
  )
  return { evidenceId: citations[0]!.evidenceId, citationId: citations[0]!.id }
}
