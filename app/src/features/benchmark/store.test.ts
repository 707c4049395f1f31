import { sql } from 'drizzle-orm'
import pg from 'pg'
import { describe, expect, it, vi } from 'vitest'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { addPerson, signIn } from '../../../test/signed-in.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { insertNetwork } from '../demo/load.ts'
import { inventNetwork } from '../demo/network.ts'
import { ResultStore } from './store.ts'

vi.setConfig({ testTimeout: 60_000 })
const { rolledBack } = testDatabase()

/** An invented network with so many earlier cities; without sign-ins. */
async function withNetwork({ services }: Prepared, cityCount: number) {
  const network = inventNetwork(1, services.instruments.current, services.now(), cityCount)
  await inContext(services.db, systemContext, (db) => insertNetwork(db, network, [], services, services.now()))
  return network
}

const present = (network: Awaited<ReturnType<typeof withNetwork>>, name: string) =>
  network.assessments.find(({ city, wave }) => city.name === name && wave === network.waves[2])!

/** Queries of one request: the fewest of three, because facts are looked at anew when a second has passed. */
async function countQueries(work: () => Promise<unknown>): Promise<number> {
  const spy = vi.spyOn(pg.Client.prototype, 'query')
  const counts: number[] = []
  for (let i = 0; i < 3; i++) {
    spy.mockClear()
    await work()
    counts.push(spy.mock.calls.length)
  }
  spy.mockRestore()
  return Math.min(...counts)
}

describe('the result page', () => {
  it('asks the database the same number of questions whatever the size of the network', async () => {
    const counts: number[] = []
    for (const size of [3, 60]) {
      await rolledBack(async (prepared) => {
        const network = await withNetwork(prepared, size)
        const { id, city } = present(network, 'Molnköping')
        const coordinator = await signIn(prepared, await addPerson(prepared, 'city-coordinator', city.id))
        await coordinator.ask(`/assessments/${id}/results`)
        counts.push(await countQueries(() => coordinator.ask(`/assessments/${id}/results`)))
      })
    }
    expect(counts[0]).toBe(counts[1])
    expect(counts[0]).toBeLessThan(25)
  })

  it('leads from every number to its questions, and says when another weighting is shown', async () => {
    await rolledBack(async (prepared) => {
      const network = await withNetwork(prepared, 12)
      const { id, city } = present(network, 'Mākoņpils')
      const coordinator = await signIn(prepared, await addPerson(prepared, 'city-coordinator', city.id))
      const get = async (path: string) => {
        const response = await coordinator.ask(`/assessments/${id}/${path}`)
        expect([path, response.status]).toEqual([path, 200])
        return response.text()
      }
      const page = await get('results')
      const links = [
        ...new Set(
          [...page.matchAll(/href="\/assessments\/[^"]+\/results\/((?:dimension|indicator|core|extended)[^"?]*)/g)].map(
            ([, element]) => element!,
          ),
        ),
      ]
      expect(links).toHaveLength(2 + 12 + 6) // indices, areas, indicators of the one area that has several
      for (const element of links) expect(await get(`results/${element}`)).toContain('of 100')
      expect(page).not.toContain('This is not the result')
      expect(await get('results?scheme=by-question')).toContain('This is not the result')
      expect(await get('results?sample=wave&cluster=diversity-4')).toContain('Only cities with a result in')
      expect((await coordinator.ask(`/assessments/${id}/results?scheme=by-mood`)).status).toBe(404)
      expect((await coordinator.ask(`/assessments/${id}/results/dimension:mood`)).status).toBe(404)
      const svg = await coordinator.ask(`/assessments/${id}/results/chart.svg`)
      expect([svg.headers.get('content-type'), svg.headers.get('content-disposition')]).toEqual([
        'image/svg+xml; charset=utf-8',
        expect.stringContaining('synthetic'),
      ])
      expect(await svg.text()).toContain('Synthetic data')
      const csv = (await get('results/chart.csv')).split('\r\n')
      expect(csv).toHaveLength(1 + 12 + 1)
      expect(csv[1]).toMatch(/true$/)
      expect((await get('results.csv')).split('\n')[1]).toMatch(/^index,core,/)
      expect(JSON.parse(await get('results.json'))).toMatchObject({ weights: 'by-dimension' })
    })
  })

  it('designs the city that has not begun: no score, no rank, but the network already', async () => {
    await rolledBack(async (prepared) => {
      const network = await withNetwork(prepared, 12)
      const { id, city } = present(network, 'Villamosaica')
      const coordinator = await signIn(prepared, await addPerson(prepared, 'city-coordinator', city.id))
      const page = await (await coordinator.ask(`/assessments/${id}/results`)).text()
      expect(page).toContain('Villamosaica has not answered any question yet')
      expect(page).toContain('middle of all')
      expect((await coordinator.ask(`/assessments/${id}/results/core`)).status).toBe(200)
    })
  })
})

describe('the comparison by API', () => {
  it('gives rank, quartiles, clusters, earlier wave and the checks of the method', async () => {
    await rolledBack(async (prepared) => {
      const network = await withNetwork(prepared, 20)
      const { id, city } = present(network, 'Molnköping')
      const coordinator = await signIn(prepared, await addPerson(prepared, 'city-coordinator', city.id))
      const comparison = (await (await coordinator.ask(`/api/v1/assessments/${id}/comparison`)).json()) as Record<string, unknown> & {
        ranks: { core: { of: number } }
        cities: number
      }
      expect(comparison).toMatchObject({
        scheme: 'by-dimension',
        copy: 'current',
        sample: 'all',
        cities: 26,
        isSynthetic: true,
        previous: { wave: { slug: network.waves[1]!.slug } },
      })
      expect(comparison.levels).toHaveLength(2 + 12 + 17)
      expect((comparison.checks as { method: string }[]).map(({ method }) => method).sort()).toEqual([
        'by-dimension',
        'by-indicator',
        'by-question',
        'geometric',
      ])
      expect((comparison.clusters as { own: { extent: string } | null }[]).every(({ own }) => own !== null)).toBe(true)
    })
  })

  it('lists the results of the network for its members, page by page and as a table', async () => {
    await rolledBack(async (prepared) => {
      const network = await withNetwork(prepared, 8)
      const member = await signIn(prepared, await addPerson(prepared, 'network-coordinator'))
      const submitted = network.assessments.filter(({ submittedAt }) => submittedAt !== null).length
      const all = (await (await member.ask('/api/v1/results')).json()) as { results: { city: { name: string } }[]; next: string | null }
      expect([all.results.length, all.next]).toEqual([submitted, null])
      const first = (await (await member.ask('/api/v1/results?limit=5')).json()) as typeof all
      const rest = (await (await member.ask(`/api/v1/results?limit=100&cursor=${first.next}`)).json()) as typeof all
      expect([...first.results, ...rest.results]).toEqual(all.results)
      const csv = await (await member.ask('/api/v1/results', { headers: { accept: 'text/csv' } })).text()
      expect(csv.trim().split('\r\n')).toHaveLength(1 + submitted)
      const expert = await signIn(prepared, await addPerson(prepared, 'reviewer'))
      const open = network.waves[2]!.slug // what nobody has reviewed yet
      const shown = ((await (await expert.ask('/api/v1/results')).json()) as { results: { wave: { slug: string } }[] }).results
      expect(shown.length).toBeGreaterThan(0)
      expect(shown.filter(({ wave }) => wave.slug === open)).toEqual([])
    })
  })
})

describe('the results in memory', () => {
  it('are fetched once; what is new comes with the next request, facts included', async () => {
    await rolledBack(async (prepared) => {
      const network = await withNetwork(prepared, 6)
      const { db, instruments } = prepared.services
      const store = new ResultStore()
      const request = {
        instrumentVersionId: instruments.currentId,
        scheme: 'by-dimension',
        wave: { id: network.waves[2]!.id, opensAt: network.waves[2]!.opensAt },
        mode: 'all' as const,
      }
      await store.refresh(db)
      expect(store.sample(request).rows).toHaveLength(12)
      expect(store.sample(request)).toBe(store.sample(request))
      const city = network.cities[0]!
      expect(store.facts.get(city.id)!.population!.value).toBe(city.facts[0]!.value)
      await inContext(db, systemContext, (tx) =>
        tx.execute(sql`
        insert into results (frozen_id, city_id, wave_id, instrument_version_id, scheme, engine_version, inputs_hash, elements, scores, uppers, coverages, exact_scores)
        select frozen_id, city_id, ${network.waves[2]!.id}, instrument_version_id, scheme || '-x', engine_version, inputs_hash, elements, scores, uppers, coverages, exact_scores from results where scheme = 'by-dimension' limit 1`),
      )
      const before = store.sample(request)
      await Promise.all([store.refresh(db)])
      expect(store.sample(request)).not.toBe(before)
      expect(store.list(instruments.currentId, 'by-dimension-x')).toHaveLength(1)
    })
  })

  it('forget cities that were removed', async () => {
    await rolledBack(async (prepared) => {
      const network = await withNetwork(prepared, 6)
      const store = new ResultStore()
      await store.refresh(prepared.services.db)
      store.cities = new Map([...store.cities].slice(1))
      const request = {
        instrumentVersionId: prepared.services.instruments.currentId,
        scheme: 'by-question',
        wave: { id: network.waves[2]!.id, opensAt: network.waves[2]!.opensAt },
        mode: 'all' as const,
      }
      expect(store.sample(request).rows).toHaveLength(11)
    })
  })
})
