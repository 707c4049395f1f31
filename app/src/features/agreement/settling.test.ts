import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { actionsOf } from '../../../test/accounts.ts'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { addJudgement, addReview, assignedTo, handedInCity, type HandedIn, setAssignment, setReview } from '../../../test/reviews.ts'
import { addPerson, addRole, ask, signIn, type SignedInPerson } from '../../../test/signed-in.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { methodRegistrations, reviews, verifiedResults } from '../../db/schema.ts'
import { methodHash, methodOf } from '../evaluations/method.ts'
import { defaultScheme, findQuestion, questionsOf } from '../instrument/instrument.ts'

const { rolledBack } = testDatabase()

interface Scene {
  prepared: Prepared
  city: HandedIn
  reviewId: string
  assignments: [string, string]
  first: SignedInPerson
  second: SignedInPerson
  lead: SignedInPerson
  network: SignedInPerson
  /** Question on which the two differ, and its maximum. */
  disputed: string
  agreed: string
}

/** A review in which both experts decided all and the second refuses one question of the sample. */
async function scene(prepared: Prepared, isSigned = true, hash?: string): Promise<Scene> {
  const { services } = prepared
  const city = await handedInCity(prepared)
  const [agreed, disputed] = city.answered as [string, string]
  const person = async (role: 'reviewer' | 'evaluation-coordinator' | 'network-coordinator', name: string) =>
    signIn(prepared, assignedTo(await addPerson(prepared, role, null, name), ...(role === 'reviewer' ? [city.cityId] : [])))
  const [first, second] = [await person('reviewer', 'One'), await person('reviewer', 'Two')]
  const lead = await person('evaluation-coordinator', 'Lead')
  const network = await person('network-coordinator', 'Network')
  return inContext(services.db, systemContext, async (db) => {
    const choices = { share: 0.2, seed: 11, limits: { publishable: 0.8, tentative: 0.667 }, minimumUnits: 30 }
    const content = methodOf(services.instruments.current, city.waveSlug, choices)
    const contentHash = hash ?? methodHash(content)
    await db.insert(methodRegistrations).values({ waveId: city.waveId, version: 1, content, contentHash, registeredAt: services.now() })
    const review = await addReview(db, {
      assessmentId: city.assessmentId,
      first: first.person.id,
      second: second.person.id,
      sample: [agreed, disputed],
    })
    for (const { id } of questionsOf(services.instruments.current)) await addJudgement(db, review, first.person.id, { questionId: id })
    await addJudgement(db, review, second.person.id, { questionId: agreed })
    await addJudgement(db, review, second.person.id, {
      questionId: disputed,
      decision: 'not-supported',
      reasonCode: 'evidence-missing',
      reportText: 'No document shows it.',
      note: 'SECRET NOTE OF TWO',
    })
    const assignments: [string, string] = [review.firstAssignmentId!, review.secondAssignmentId!]
    await setAssignment(db, assignments[0], { signedAt: services.now() })
    if (isSigned) await setAssignment(db, assignments[1], { signedAt: services.now() })
    return { prepared, city, reviewId: review.reviewId, assignments, first, second, lead, network, disputed, agreed }
  })
}

const system = <T>({ prepared }: Scene, work: Parameters<typeof inContext<T>>[2]) => inContext(prepared.services.db, systemContext, work)

const close = (at: Scene, graceDays = 7) =>
  system(at, (db) =>
    setReview(db, at.reviewId, {
      sharedAt: new Date(),
      closedAt: new Date(),
      graceUntil: new Date(Date.now() + graceDays * 24 * 3600 * 1000),
    }),
  )

const settle = (at: Scene, by: SignedInPerson, version = 0, json: object = {}) =>
  by.ask(`/api/v1/reviews/${at.reviewId}/questions/${at.disputed}/adjudication`, {
    method: 'PUT',
    json: { decision: 'agreed', reason: 'The council minutes do show it.', reportText: null, ...json },
    headers: { 'if-match': `"${version}"` },
  })

const sign = (at: Scene, by: SignedInPerson, version: number, endsGrace = true) =>
  by.ask(`/api/v1/reviews/${at.reviewId}/evaluation-signature`, { json: { endsGrace }, headers: { 'if-match': `"${version}"` } })

const publish = (at: Scene, by: SignedInPerson, version: number) =>
  by.ask(`/api/v1/reviews/${at.reviewId}/publication`, { method: 'POST', headers: { 'if-match': `"${version}"` } })

interface ComparedCity {
  city: { slug: string }
  core: number | null
  verified: { core: number; share: number } | null
}

/** What the comparison of all cities says of the reviewed one; undefined = the reader does not see it. */
async function compared({ city }: Scene, by: SignedInPerson): Promise<ComparedCity | undefined> {
  const { cities } = (await (await by.ask(`/api/v1/comparison?wave=${city.waveSlug}&limit=1000`)).json()) as {
    cities: ComparedCity[]
  }
  return cities.find((each) => each.city.slug === city.citySlug)
}

describe('disagreements', () => {
  it('shows nothing of either expert to the lead before both have signed, anywhere', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared, false)
      const list = await at.lead.ask(`/api/v1/reviews/${at.reviewId}/disagreements`)
      expect(await list.json()).toEqual({ reviewId: at.reviewId, isRevealed: false, disagreements: [] })
      const wave = (await (await at.lead.ask(`/api/v1/waves/${at.city.waveSlug}/agreement`)).json()) as {
        reviews: object
        areas: { units: number }[]
      }
      expect(wave.reviews).toEqual({ all: 1, signedByBoth: 0 })
      expect(wave.areas.every(({ units }) => units === 0)).toBe(true)
      for (const path of [`reviews/${at.reviewId}/disagreements`, `reviews/${at.reviewId}/conclusion`, `${at.city.waveSlug}/agreement`]) {
        const response = await at.lead.ask(`/evaluations/${path}`)
        expect(response.status).toBe(200)
        expect(await response.text()).not.toMatch(/SECRET|No document shows/)
      }
      expect((await settle(at, at.lead)).status).toBe(409)
    })
  })

  it('lists what differs once both have signed, and counts it in the wave', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      const { disagreements } = (await (await at.lead.ask(`/api/v1/reviews/${at.reviewId}/disagreements`)).json()) as {
        disagreements: { questionId: string; a: { points: number }; b: { points: number } }[]
      }
      const max = findQuestion(prepared.services.instruments.current, at.disputed)!.max
      expect(disagreements.map(({ questionId, a, b }) => [questionId, a.points, b.points])).toEqual([[at.disputed, max, 0]])
      const { areas } = (await (await at.lead.ask(`/api/v1/waves/${at.city.waveSlug}/agreement`)).json()) as {
        areas: { dimension: string | null; units: number; verdict: string; unsettled: number }[]
      }
      expect(areas.at(-1)).toMatchObject({ dimension: null, units: 2, verdict: 'not-assessable', unsettled: 1 })
      const csv = await (await at.network.ask(`/evaluations/${at.city.waveSlug}/agreement.csv`)).text()
      expect(csv.trim().split('\r\n').at(-1)).toBe('all,All areas together,2,0,,,,not-assessable,1,1,no')
    })
  })

  it('is closed to experts and to the city', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      const coordinator = await signIn(prepared, at.city.coordinator)
      for (const who of [at.first, at.second, coordinator])
        for (const path of [`reviews/${at.reviewId}/disagreements`, `reviews/${at.reviewId}/conclusion`, `${at.city.waveSlug}/agreement`])
          expect((await who.ask(`/evaluations/${path}`)).status).toBe(403)
    })
  })

  it('is settled by the lead with a reason, version after version, and never by an expert of the review', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      expect((await settle(at, at.lead, 0, { reason: 'short' })).status).toBe(422)
      expect((await settle(at, at.lead, 0, { decision: 'changed', points: null })).status).toBe(422)
      expect((await settle(at, at.network)).status).toBe(403)
      expect((await settle(at, at.lead)).status).toBe(200)
      expect((await settle(at, at.lead)).status).toBe(412)
      expect((await settle(at, at.lead, 1, { reason: 'Read again, with the annex.' })).status).toBe(200)
      expect((await actionsOf(prepared)).filter((action) => action === 'judgement.adjudicated')).toHaveLength(2)
      const both = await addPerson(prepared, 'evaluation-coordinator', null, 'Both')
      await system(at, (db) => addJudgement(db, { reviewId: at.reviewId, cityId: at.city.cityId }, both.id, { questionId: at.agreed }))
      const response = await settle(at, await signIn(prepared, both), 2)
      expect([response.status, ((await response.json()) as { detail: string }).detail]).toEqual([
        409,
        expect.stringContaining('as an expert'),
      ])
    })
  })

  it('keeps what was typed where the form is refused', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      const path = `/evaluations/reviews/${at.reviewId}/disagreements/${at.disputed}`
      const refused = await at.lead.ask(path, {
        form: {
          decision: 'changed',
          points: '99',
          reason: 'Because it says so there.',
          version: '0',
          reasonCode: 'partly-met',
          reportText: 'A text for the city.',
        },
      })
      expect(refused.status).toBe(422)
      expect(await refused.text()).toContain('Because it says so there.')
      const done = await at.lead.ask(path, {
        form: {
          decision: 'changed',
          points: '1',
          reason: 'Because it says so there.',
          version: '0',
          reasonCode: 'partly-met',
          reportText: 'A text for the city.',
        },
      })
      expect(done.status).toBe(303)
      const list = await (await at.lead.ask(`/evaluations/reviews/${at.reviewId}/disagreements`)).text()
      expect(list).toContain('Settled: Changed to 1 of')
    })
  })
})

describe('signing and publishing', () => {
  it('needs a settled, closed review, two people and the registered method; then the public reads the verified scores', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      expect((await sign(at, at.lead, 1)).status).toBe(409)
      await close(at)
      expect((await sign(at, at.lead, 1)).status).toBe(409) // not settled
      await settle(at, at.lead, 0, { decision: 'not-supported', reasonCode: 'evidence-missing', reportText: 'No document shows it.' })
      expect((await sign(at, at.lead, 1, false)).status).toBe(409) // slips can still be mended
      expect((await sign(at, at.lead, 1)).status).toBe(200)
      expect((await settle(at, at.lead, 1)).status).toBe(409) // nothing changes any more
      expect((await publish(at, at.lead, 2)).status).toBe(409) // signed it
      expect((await publish(at, at.network, 1)).status).toBe(412)
      const before = await compared(at, at.network)
      expect(before?.verified).toBeNull()
      const another = await signIn(prepared, await addPerson(prepared, 'reviewer', null, 'Three'))
      expect(await compared(at, at.first)).toEqual(before) // both have signed
      expect(await compared(at, another)).toBeUndefined() // who might judge it next
      expect((await publish(at, at.network, 2)).status).toBe(200)
      const rows = await system(at, (db) => db.select().from(verifiedResults).where(eq(verifiedResults.reviewId, at.reviewId)))
      expect(rows.map(({ scheme }) => scheme).sort()).toEqual(prepared.services.instruments.current.schemes.map(({ id }) => id).sort())
      const { scores, verifiedShares, elements } = rows.find(
        ({ scheme }) => scheme === defaultScheme(prepared.services.instruments.current).id,
      )!
      const core = elements.indexOf('core')
      for (const reader of [at.network, at.first, another])
        expect(await compared(at, reader)).toEqual({ ...before, verified: { core: scores[core], share: verifiedShares[core] } })
      const shown = await (await ask(prepared, `/cities/${at.city.citySlug}`)).text()
      expect(shown).toContain('Reviewed from outside')
      expect(shown).toContain(rows[0]!.methodHash)
      expect((await actionsOf(prepared)).slice(-2)).toEqual(['review.signed', 'review.published'])
    })
  })

  it('refuses another method than the registered one', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared, true, 'f'.repeat(64))
      await close(at)
      await settle(at, at.lead)
      expect((await sign(at, at.lead, 1)).status).toBe(200)
      const refused = await publish(at, at.network, 2)
      expect([refused.status, ((await refused.json()) as { detail: string }).detail]).toEqual([409, expect.stringContaining('registered')])
      expect(await system(at, (db) => db.select().from(verifiedResults))).toEqual([])
    })
  })

  it('needs two people even where one has both roles', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      await addRole(prepared, at.lead.person, 'network-coordinator')
      await close(at)
      await settle(at, at.lead)
      expect((await sign(at, at.lead, 1)).status).toBe(200)
      const refused = await publish(at, at.lead, 2)
      expect([refused.status, ((await refused.json()) as { detail: string }).detail]).toEqual([
        409,
        expect.stringContaining('Somebody else publishes'),
      ])
      const page = await (await at.lead.ask(`/evaluations/reviews/${at.reviewId}/conclusion`)).text()
      expect(page).toContain('Somebody else publishes it')
      expect((await publish(at, at.network, 2)).status).toBe(200)
    })
  })

  it('is refused by the database as well where one person does both', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      const id = at.lead.person.id
      await expect(
        system(at, (db) =>
          db
            .update(reviews)
            .set({ signedAt: new Date(), signedBy: id, publishedAt: new Date(), publishedBy: id })
            .where(eq(reviews.id, at.reviewId)),
        ),
      ).rejects.toThrow()
    })
  })
})
