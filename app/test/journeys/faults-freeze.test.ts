import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashOf } from '../../src/canonical.ts'
import { FaultScene, type Operation, scale, wait } from './faults.ts'
import type { ApiClient } from './server.ts'

// Thirty people save while the city hands in. What was acknowledged before is in the frozen copy, what came after is not, and a copy
// is there whole or not at all.

const scene = new FaultScene({}, 'coordinator.complete@')
const editors = 30

beforeAll(() => scene.start())
afterAll(() => scene.server.stop())

interface Frozen {
  id: string
  content: { answers: { questionId: string; explanation: string | null }[] }
  content_hash: string
}

const frozenCopies = () =>
  scene.query<Frozen>('select id, content, content_hash from frozen_assessments where assessment_id = $1 order by frozen_at, id', [
    scene.assessmentId,
  ])

interface Round {
  /** Milliseconds when handing in was asked for and acknowledged; null = never acknowledged. */
  asked: number
  done: number | null
  receipt: { id: string; contentHash: string } | null
  log: Operation[]
}

/** Thirty people save; in the middle of it the coordinator hands in. @param kill milliseconds until kill -9; null = no kill */
async function freezeUnderLoad(client: ApiClient, name: string, kill: number | null): Promise<Round> {
  const log: Operation[] = []
  let isOver = false
  const saving = Array.from({ length: editors }, (_, i) =>
    scene.edit(client, scene.questions[i]!, `${name}-editor${i}`, log, () => isOver, 20),
  )
  await wait(1_000)
  const asked = performance.now()
  const submitting = client
    .call('POST', `/api/v1/assessments/${scene.assessmentId}/submissions`, undefined, { 'Idempotency-Key': randomUUID() })
    .then(async (response) => {
      expect(response.status).toBe(201)
      const receipt = (await response.json()) as { id: string; contentHash: string }
      return { receipt, done: performance.now() }
    })
  if (kill === null) {
    const { receipt, done } = await submitting
    await wait(500)
    isOver = true
    await Promise.all(saving)
    return { asked, done, receipt, log }
  }
  const outcome = submitting.catch(() => ({ receipt: null, done: null }))
  await wait(kill)
  await scene.server.kill()
  isOver = true
  await Promise.all(saving)
  return { asked, log, ...(await outcome) }
}

/** How many texts of each editor the copy may hold: at least what was acknowledged before, at most what was sent before its end. */
function expectCut(frozen: Frozen, { asked, done, log }: Round): void {
  const numberOf = (value: string) => Number(value.split('-').at(-1))
  for (const question of new Set(log.map((operation) => operation.question))) {
    const mine = log.filter((operation) => operation.question === question)
    const before = mine.filter(({ outcome, answeredAt }) => outcome === 'ok' && answeredAt < asked).map(({ value }) => numberOf(value))
    const after = mine.filter(({ sentAt }) => done !== null && sentAt > done).map(({ value }) => numberOf(value))
    const text = frozen.content.answers.find(({ questionId }) => questionId === question)?.explanation ?? ''
    const isOfThisRound = mine.some(({ value }) => value === text)
    if (before.length > 0) {
      expect(isOfThisRound, `${question} has what was acknowledged before`).toBe(true)
      expect(numberOf(text)).toBeGreaterThanOrEqual(Math.max(...before))
    }
    if (isOfThisRound && after.length > 0) expect(numberOf(text)).toBeLessThan(Math.min(...after))
  }
}

/** Every copy has its event, its results under each scheme and the hash that it says. */
async function expectWhole(): Promise<void> {
  const copies = await frozenCopies()
  for (const { id, content, content_hash } of copies) expect(hashOf(content), id).toBe(content_hash)
  const [row] = await scene.query<{ half: number; events: number }>(
    `select (select count(*)::int from frozen_assessments f where assessment_id = $1
        and (select count(*) from results where frozen_id = f.id) <> (select count(distinct scheme) from results)) half,
      (select count(*)::int from audit_events where action = 'assessment.submitted' and subject = 'assessment:' || $1) events`,
    [scene.assessmentId],
  )
  expect(row!.half, 'copies without all their results').toBe(0)
  return expect(row!.events).toBe(copies.length - unrecorded)
}

/** Copies that the demonstration brought along, without an event. */
let unrecorded = 0

describe('handing in while thirty people save', () => {
  it('freezes exactly what was acknowledged before, and never half of it, whatever is killed', async () => {
    let client = await scene.signedIn()
    unrecorded = (await frozenCopies()).length
    const log: Operation[] = []
    const hashes: Record<string, string> = {}
    for (let round = 0; round < 2 * scale; round++) {
      const frozen = await freezeUnderLoad(client, `round${round}`, null)
      const copy = (await frozenCopies()).find(({ id }) => id === frozen.receipt!.id)!
      expect(copy.content_hash).toBe(frozen.receipt!.contentHash)
      expectCut(copy, frozen)
      hashes[copy.id] = copy.content_hash
      log.push(...frozen.log)
    }
    for (let round = 0; round < 2 * scale; round++) {
      const known = new Set((await frozenCopies()).map(({ id }) => id))
      const killed = await freezeUnderLoad(client, `killed${round}`, 5 + ((round * 29) % 120))
      await scene.server.start()
      client = await scene.signedInAgain()
      const made = (await frozenCopies()).filter(({ id }) => !known.has(id))
      expect(made.length).toBeLessThanOrEqual(1)
      if (killed.receipt !== null) expect(made[0]?.id).toBe(killed.receipt.id)
      for (const copy of made) expectCut(copy, killed)
      log.push(...killed.log)
    }
    await expectWhole()
    for (const { id, content_hash } of await frozenCopies()) expect(hashes[id] ?? content_hash).toBe(content_hash)
    await scene.expectNothingLost(client, log)
    expect(log.filter(({ outcome }) => outcome === 'ok').length).toBeGreaterThan(editors)
  })
})
