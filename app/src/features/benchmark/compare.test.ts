import { sql } from 'drizzle-orm'
import pg from 'pg'
import { describe, expect, it, vi } from 'vitest'
import { listCompared as list, type Listed, withNetwork } from '../../../test/compared-network.ts'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { addPerson, ask, signIn } from '../../../test/signed-in.ts'
import { addAccount, addCity } from '../../../test/accounts.ts'
import { inContext, systemContext } from '../../db/context.ts'

vi.setConfig({ testTimeout: 120_000 })
const { rolledBack } = testDatabase()

/** Makes every invented city of a country a real one. */
const makeReal = ({ services }: Prepared, country: string) =>
  inContext(services.db, systemContext, (db) => db.execute(sql`update cities set is_synthetic = false where country = ${country}`))

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

describe('who sees which cities', () => {
  it('strangers see invented cities of closed waves, members every city', () =>
    rolledBack(async (prepared) => {
      const network = await withNetwork(prepared, 40)
      const member = await signIn(prepared, await addPerson(prepared, 'network-coordinator'))
      const before = await list(await ask(prepared, '/api/v1/comparison?limit=1000'))
      const open = network.waves[2]!.slug
      expect(before.cities.some(({ wave }) => wave.slug === open)).toBe(false)
      expect(before.wave!.slug).toBe(network.waves[1]!.slug)
      const all = await list(await member.ask('/api/v1/comparison?limit=1000'))
      expect(all.wave!.slug).toBe(open)
      expect(all.cities.length).toBeGreaterThan(before.cities.length - 1)
    }))

  it('no page, file or statistic shows a stranger anything of a real city', () =>
    rolledBack(async (prepared) => {
      const network = await withNetwork(prepared, 40)
      const member = await signIn(prepared, await addPerson(prepared, 'network-coordinator'))
      const expert = await signIn(prepared, await addPerson(prepared, 'reviewer'))
      await makeReal(prepared, 'IT')
      const real = network.cities.filter(({ country }) => country === 'IT')
      expect(real.length).toBeGreaterThan(1)
      const listed = await list(await ask(prepared, '/api/v1/comparison?limit=1000'))
      expect((await list(await expert.ask('/api/v1/comparison?limit=1000'))).cities).toEqual(listed.cities)
      expect(listed.cities.filter(({ city }) => city.country === 'IT')).toEqual([])
      expect(listed.network!.n).toBeLessThanOrEqual(listed.cities.length)
      for (const path of [
        '/compare',
        '/compare?q=a&sort=core',
        '/compare.csv',
        '/compare.svg',
        `/compare/cities?pick=${real.map(({ slug }) => slug).join(',')}`,
        `/compare/cities.csv?pick=${real.map(({ slug }) => slug).join(',')}`,
        '/compare/aggregates?by=region',
        '/compare/aggregates.csv?by=region',
        '/compare/map',
        '/compare/map.svg',
      ]) {
        const text = await (await ask(prepared, path)).text()
        for (const { name } of real) expect([path, name, text.includes(name)]).toEqual([path, name, false])
        expect([path, text.includes('ITX')]).toEqual([path, false])
      }
      const seen = await list(await member.ask('/api/v1/comparison?limit=1000&country=IT'))
      expect(seen.cities.length).toBeGreaterThan(0)
    }))

  it('somebody without a role sees no more than a stranger', () =>
    rolledBack(async (prepared) => {
      await withNetwork(prepared, 20)
      await makeReal(prepared, 'IT')
      const id = await addAccount(prepared, { email: 'guest@example.org' })
      const guest = await signIn(prepared, {
        id,
        name: 'Guest',
        email: 'guest@example.org',
        language: 'en',
        isDemo: false,
        memberships: [],
      })
      const asGuest = await list(await guest.ask('/api/v1/comparison?limit=1000'))
      expect(asGuest.cities.length).toBeGreaterThan(0)
      expect(asGuest).toEqual(await list(await ask(prepared, '/api/v1/comparison?limit=1000')))
    }))

  it('an empty network says what will be here', () =>
    rolledBack(async (prepared) => {
      expect(await (await ask(prepared, '/compare')).text()).toContain('There is nothing to compare yet')
      expect((await list(await ask(prepared, '/api/v1/comparison'))).cities).toEqual([])
      expect((await ask(prepared, '/compare.csv')).headers.get('location')).toContain('/sign-in')
    }))
})

describe('the comparison of all cities', () => {
  it('asks the database as often for sixty cities as for five, on every page and for every file', async () => {
    const counts: Record<string, number[]> = {}
    for (const size of [5, 60])
      await rolledBack(async (prepared) => {
        const { cities } = await withNetwork(prepared, size)
        const member = await signIn(prepared, await addPerson(prepared, 'network-coordinator'))
        await member.ask('/compare')
        const picked = cities
          .slice(0, 5)
          .map(({ slug }) => slug)
          .join(',')
        const pages = ['?sort=core', '?q=a&country=DE', '/map', '/aggregates?by=region', '/aggregates?by=network', `/cities?pick=${picked}`]
        for (const [i, page] of [...pages, '.csv', '.svg', '/map.svg'].entries())
          (counts[i] ??= []).push(await countQueries(() => member.ask(`/compare${page}`)))
      })
    for (const [few, many] of Object.values(counts)) expect(few).toBe(many)
    expect(Math.max(...Object.values(counts).flat())).toBeLessThan(22)
  })

  it('shows a city under its new name as soon as it has one', () =>
    rolledBack(async (prepared) => {
      const { cities } = await withNetwork(prepared, 5)
      const { name, slug } = cities[0]!
      const named = async () => (await (await ask(prepared, `/compare?q=${slug}`)).text()).includes('Umbenannt')
      expect([name.includes('Umbenannt'), await named()]).toEqual([false, false])
      await inContext(prepared.services.db, systemContext, (db) =>
        db.execute(sql`update cities set name = 'Umbenannt' where slug = ${slug}`),
      )
      await vi.waitFor(async () => expect(await named()).toBe(true), { timeout: 10_000 }) // facts are looked at once a second
    }))

  it('goes on by cursor without leaving out or repeating a city', () =>
    rolledBack(async (prepared) => {
      await withNetwork(prepared, 30)
      const all = (await list(await ask(prepared, '/api/v1/comparison?limit=1000'))).cities.map(({ city }) => city.slug)
      const found: string[] = []
      let next: string | null = null
      do {
        const part: Listed = await list(await ask(prepared, `/api/v1/comparison?limit=7${next === null ? '' : `&cursor=${next}`}`))
        found.push(...part.cities.map(({ city }) => city.slug))
        next = part.next
      } while (next !== null)
      expect(found).toEqual(all)
      expect(new Set(found).size).toBe(all.length)
    }))

  it('gives places with the range that other methods give', () =>
    rolledBack(async (prepared) => {
      await withNetwork(prepared, 40)
      const { cities, network } = await list(await ask(prepared, '/api/v1/comparison?limit=1000'))
      const ranked = cities.filter(({ rank }) => rank !== null)
      expect(ranked.length).toBe(network!.n)
      for (const { rank, core } of ranked) {
        expect(rank!.low).toBeLessThanOrEqual(rank!.rank)
        expect(rank!.high).toBeGreaterThanOrEqual(rank!.rank)
        expect(rank!.rank).toBe(1 + ranked.filter((other) => other.core! > core! + 1e-9).length)
      }
      expect(ranked.some(({ rank }) => rank!.low < rank!.high)).toBe(true)
    }))

  it('gives the same cities as table, as CSV, and through every filter of the address', () =>
    rolledBack(async (prepared) => {
      await withNetwork(prepared, 40)
      const csv = await (await ask(prepared, '/compare.csv?country=DE&sort=core')).text()
      const names = csv
        .trim()
        .split('\r\n')
        .slice(1)
        .map((row) => row.split(',')[1]!)
      expect(names.length).toBeGreaterThan(1)
      const page = await (await ask(prepared, '/compare?country=DE&sort=core')).text()
      const shown = [...page.matchAll(/<th scope="row"[^>]*><a[^>]*>([^<]+)</g)].map(([, name]) => name)
      expect(shown).toEqual(names)
      const viaApi = await (await ask(prepared, '/api/v1/comparison?country=DE', { headers: { accept: 'text/csv' } })).text()
      expect(viaApi.trim().split('\r\n').length).toBe(names.length + 1)
    }))

  it('has drawings and pictures of every chart', () =>
    rolledBack(async (prepared) => {
      await withNetwork(prepared, 12)
      for (const path of ['/compare', '/compare/cities', '/compare/aggregates', '/compare/map', '/mosaic']) {
        const svg = await ask(prepared, `${path}.svg`)
        expect([path, svg.status, (await svg.text()).slice(0, 4)]).toEqual([path, 200, '<svg'])
        const png = await ask(prepared, `${path}.png`)
        expect([path, png.headers.get('content-type')]).toEqual([path, 'image/png'])
        expect(new Uint8Array(await png.arrayBuffer()).slice(1, 4)).toEqual(new TextEncoder().encode('PNG'))
      }
    }))

  it('does not rank results of another version of the questionnaire, and says so', () =>
    rolledBack(async (prepared) => {
      const network = await withNetwork(prepared, 12)
      const { services } = prepared
      const before = await list(await ask(prepared, '/api/v1/comparison?limit=1000'))
      const [first] = network.assessments
      await inContext(services.db, systemContext, async (db) => {
        const copy = await services.instruments.get(db, services.instruments.currentId)
        const id = services.instruments.currentId
        await services.instruments.register(db, { ...copy, version: '0.9.0' })
        const older = services.instruments.currentId
        services.instruments.currentId = id
        const slug = 'stranger-in-version'
        const cityId = await addCity(prepared, slug)
        await db.execute(sql`update cities set is_synthetic = true where id = ${cityId}`)
        await db.execute(sql`insert into waves (slug, name, opens_at, closes_at, instrument_version_id, frozen_at, is_synthetic)
          values ('older', 'Older', '2019-01-01', '2019-06-01', ${older}, '2019-01-01', true)`)
        await db.execute(
          sql`insert into assessments (wave_id, city_id, submitted_at) select id, ${cityId}, '2019-03-01' from waves where slug = 'older'`,
        )
        await db.execute(sql`insert into frozen_assessments (assessment_id, city_id, wave_id, content, content_hash, frozen_at)
          select a.id, a.city_id, a.wave_id, '{}', 'x', '2019-03-01' from assessments a where a.city_id = ${cityId}`)
        await db.execute(sql`insert into results (frozen_id, city_id, wave_id, instrument_version_id, scheme, engine_version, inputs_hash, elements, scores, uppers, coverages, exact_scores)
          select f.id, f.city_id, f.wave_id, ${older}, r.scheme, r.engine_version, r.inputs_hash, r.elements, r.scores, r.uppers, r.coverages, r.exact_scores
          from frozen_assessments f, results r where f.city_id = ${cityId} and r.city_id = ${first!.city.id} and r.seq = (select min(seq) from results where city_id = ${first!.city.id})`)
      })
      const after = await list(await ask(prepared, '/api/v1/comparison?limit=1000'))
      expect(after.cities).toEqual(before.cities)
      expect([before.otherVersions, after.otherVersions]).toEqual([0, 1])
      expect(await (await ask(prepared, '/compare')).text()).toContain('1 more city has a result of another version')
    }))
})
