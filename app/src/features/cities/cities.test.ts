import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { addPerson, ask, signIn } from '../../../test/signed-in.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { contextOf } from '../../web.ts'
import { listEvents } from '../audit/queries.ts'
import type { City } from './city.ts'
import { listFactsOf, listFigures } from './queries.ts'
import { createCity, inPublic, loadReferenceFigures, removeCityFact, setCityFact } from './usecases.ts'

const { rolledBack } = testDatabase()
const now = new Date('2026-07-01T10:00:00Z')

async function network(prepared: Prepared) {
  const coordinator = await addPerson(prepared, 'network-coordinator')
  const add = (name: string, country = 'SE'): Promise<City> =>
    inContext(prepared.services.db, systemContext, (db) =>
      createCity(db, coordinator, { name, country, region: null, officialCode: null }, now),
    )
  return { coordinator, add }
}

const population = (city: string, value: number, version = 0) => ({
  city,
  fact: 'population' as const,
  year: 2024,
  value,
  source: 'Statistical office',
  quality: 'official' as const,
  version,
})

describe('cities', () => {
  it('are added once per name and country, under an address of their own', async () => {
    await rolledBack(async (prepared) => {
      const { coordinator, add } = await network(prepared)
      expect((await add('Linköping')).slug).toBe('linkoeping')
      await expect(add('linköping')).rejects.toMatchObject({ code: 'CITY_CODE_TAKEN' })
      expect((await add('Linköping', 'FI')).slug).toBe('linkoeping-2')
      const events = await inContext(prepared.services.db, systemContext, listEvents)
      expect(events.map(({ action, subject, personId }) => [action, subject, personId])).toEqual([
        ['city.created', 'city:linkoeping', coordinator.id],
        ['city.created', 'city:linkoeping-2', coordinator.id],
      ])
    })
  })

  it('are added by the network coordination only', async () => {
    await rolledBack(async (prepared) => {
      const city = await (await network(prepared)).add('Vadsta')
      const person = await addPerson(prepared, 'city-coordinator', city.id)
      const added = inContext(prepared.services.db, contextOf(person), (db) =>
        createCity(db, person, { name: 'Other', country: 'SE', region: null, officialCode: null }, now),
      )
      await expect(added).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
    })
  })

  it('are found without accents, by a part of the name, and never by a wildcard', async () => {
    await rolledBack(async (prepared) => {
      const { add } = await network(prepared)
      for (const name of ['Linköping', 'Łódź', 'Rīga', '100% Stadt']) await add(name)
      const names = async (q: string) =>
        ((await (await ask(prepared, `/api/v1/cities?q=${encodeURIComponent(q)}`)).json()) as { cities: { name: string }[] }).cities.map(
          ({ name }) => name,
        )
      expect(await names('linkop')).toEqual(['Linköping'])
      expect(await names('LINKÖP')).toEqual(['Linköping'])
      expect(await names('riga')).toEqual(['Rīga'])
      expect(await names('lodz')).toEqual(['Łódź'])
      expect(await names('%')).toEqual(['100% Stadt'])
    })
  })

  it('are listed piece by piece without gaps', async () => {
    await rolledBack(async (prepared) => {
      const { add } = await network(prepared)
      for (const name of ['Cava', 'Alba', 'Dole', 'Bari', 'Élan']) await add(name)
      const seen: string[] = []
      for (let cursor: string | null = ''; cursor !== null;) {
        const page = (await (await ask(prepared, `/api/v1/cities?limit=2${cursor && `&cursor=${cursor}`}`)).json()) as {
          cities: { name: string }[]
          next: string | null
        }
        seen.push(...page.cities.map(({ name }) => name))
        cursor = page.next
      }
      expect(seen).toEqual(['Alba', 'Bari', 'Cava', 'Dole', 'Élan'])
      expect((await ask(prepared, '/api/v1/cities?cursor=nonsense')).status).toBe(422)
    })
  })
})

describe('facts of a city', () => {
  it('carry a version: a stale change is refused with the present value, the same value again is harmless', async () => {
    await rolledBack(async (prepared) => {
      const { coordinator, add } = await network(prepared)
      await add('Vadsta')
      await inContext(prepared.services.db, systemContext, async (db) => {
        expect(await setCityFact(db, coordinator, population('vadsta', 35_000), now)).toMatchObject({ version: 1 })
        expect(await setCityFact(db, coordinator, population('vadsta', 35_000), now)).toMatchObject({ version: 1 })
        await expect(setCityFact(db, coordinator, population('vadsta', 36_000), now)).rejects.toMatchObject({
          code: 'FACT_CHANGED',
          members: { current: { value: 35_000 } },
        })
        expect(await setCityFact(db, coordinator, population('vadsta', 36_000, 1), now)).toMatchObject({ version: 2, value: 36_000 })
        await expect(removeCityFact(db, coordinator, { ...population('vadsta', 0), version: 1 }, now)).rejects.toMatchObject({
          code: 'FACT_CHANGED',
        })
        await removeCityFact(db, coordinator, { ...population('vadsta', 0), version: 2 }, now)
        await expect(removeCityFact(db, coordinator, { ...population('vadsta', 0), version: 2 }, now)).rejects.toMatchObject({
          code: 'FACT_NOT_FOUND',
        })
        expect((await listEvents(db)).map(({ action }) => action)).toEqual(['city.created', 'fact.set', 'fact.set', 'fact.removed'])
      })
    })
  })

  it('are edited by the own city and the network coordination, and read by everybody', async () => {
    await rolledBack(async (prepared) => {
      const { add } = await network(prepared)
      const [own, other] = [await add('Vadsta'), await add('Norrum')]
      const person = await addPerson(prepared, 'city-coordinator', own.id)
      const set = (city: string) =>
        inContext(prepared.services.db, contextOf(person), (db) => setCityFact(db, person, population(city, 35_000), now))
      await set('vadsta')
      await expect(set('norrum')).rejects.toMatchObject({ code: 'NOT_ALLOWED', values: { reason: 'otherCity' } })
      const facts = await inPublic(prepared.services, (db) => listFactsOf(db, [own.id, other.id]))
      expect([facts.get(own.id)!.length, facts.get(other.id)!.length]).toEqual([1, 0])
      const contributor = await addPerson(prepared, 'contributor', own.id)
      await expect(
        inContext(prepared.services.db, contextOf(contributor), (db) => setCityFact(db, contributor, population('vadsta', 1), now)),
      ).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
    })
  })

  it('go through the API with If-Match', async () => {
    await rolledBack(async (prepared) => {
      const { coordinator, add } = await network(prepared)
      await add('Vadsta')
      const { ask: request } = await signIn(prepared, coordinator)
      const put = (value: number, version?: string) =>
        request('/api/v1/cities/vadsta/facts/share-foreign-born/2024', {
          method: 'PUT',
          json: { value, source: 'Office', quality: 'estimate' },
          headers: version === undefined ? {} : { 'if-match': version },
        })
      expect((await put(12.5)).status).toBe(428)
      expect((await put(12.5, '"0"')).status).toBe(200)
      expect((await put(13, '"0"')).status).toBe(412)
      expect((await put(130, '"1"')).status).toBe(422)
      const city = (await (await ask(prepared, '/api/v1/cities/vadsta')).json()) as { groupFacts: unknown }
      expect(city.groupFacts).toEqual({ population: null, shareForeign: { value: 12.5, year: 2024, basis: 'foreign-born' } })
      expect(
        (await request('/api/v1/cities/vadsta/facts/share-foreign-born/2024', { method: 'DELETE', headers: { 'if-match': '"1"' } })).status,
      ).toBe(204)
    })
  })
})

describe('forms about cities', () => {
  it('keep what was typed, name what is wrong, and show a clash with both values', async () => {
    await rolledBack(async (prepared) => {
      const { coordinator, add } = await network(prepared)
      await add('Vadsta')
      const { ask: request } = await signIn(prepared, coordinator)
      const send = (form: Record<string, string>) =>
        request('/cities/vadsta/facts', {
          form: { fact: 'population', year: '2024', source: 'Office', quality: 'official', version: '0', ...form },
        })
      const nonsense = await send({ value: 'about 35' })
      expect(nonsense.status).toBe(422)
      expect(await nonsense.text()).toMatch(/This is not a number.*value="about 35"/s)
      expect((await send({ value: '35.500' })).headers.get('location')).toBe('/cities/vadsta/facts?done=saved')
      const clash = await send({ value: '36 000' })
      const html = await clash.text()
      expect(clash.status).toBe(422)
      expect(html).toContain('There are two versions of this figure')
      expect(html).toContain('35,500 · Office · Official statistics')
      expect(html).toContain('36 000 · Office · Official statistics')
      expect(html).toContain('name="version" value="1"')
      expect((await send({ value: '36 000', version: '1' })).status).toBe(303)
      expect(await (await request('/cities/vadsta')).text()).toContain('36,000')
    })
  })

  it('add a city once, however often they are sent', async () => {
    await rolledBack(async (prepared) => {
      const { coordinator } = await network(prepared)
      const { ask: request } = await signIn(prepared, coordinator)
      const form = { name: 'Großröhrsdorf', country: 'DE', region: '', officialCode: '', _key: 'a key of the form' }
      for (let i = 0; i < 2; i++)
        expect((await request('/network/cities/new', { form })).headers.get('location')).toBe('/network/cities/grossroehrsdorf?done=added')
      const again = await request('/network/cities/new', { form: { ...form, _key: 'another key' } })
      expect(again.status).toBe(422)
      expect(await again.text()).toContain('This city is in the network already')
      expect((await request('/network/cities/grossroehrsdorf')).status).toBe(200)
    })
  })

  it('are for those who may', async () => {
    await rolledBack(async (prepared) => {
      const { add } = await network(prepared)
      const [own] = [await add('Vadsta'), await add('Norrum')]
      const { ask: request } = await signIn(prepared, await addPerson(prepared, 'city-coordinator', own.id))
      expect((await request('/cities/vadsta/facts')).status).toBe(200)
      expect((await request('/cities/norrum/facts')).status).toBe(403)
      expect((await request('/network/cities')).status).toBe(403)
      expect((await ask(prepared, '/cities/vadsta/facts')).status).toBe(303)
      expect((await ask(prepared, '/cities/nowhere')).status).toBe(404)
    })
  })
})

describe('pages about cities', () => {
  it('need the same number of queries for 5 000 cities as for 50', async () => {
    await rolledBack(async (prepared) => {
      await prepared.services.db.execute(
        sql`insert into cities (slug, name, country) select 'c-' || i, 'City ' || i, (array['DE','SE','IT'])[1 + i % 3] from generate_series(1, 5000) i`,
      )
      const started = performance.now()
      const html = await (await ask(prepared, '/cities?page=100')).text()
      expect(performance.now() - started).toBeLessThan(2_000)
      expect(html).toContain('5000 cities'.replace('5000', '5,000'))
      expect(html).toContain('4,951 to 5,000 of 5,000')
      expect(await (await ask(prepared, '/cities?q=City+4999&country=se')).text()).toMatch(/No city fits|One city/)
    })
  })

  it('show published figures and the pact without any of our own results', async () => {
    await rolledBack(async (prepared) => {
      const { services } = prepared
      await inContext(services.db, systemContext, loadReferenceFigures)
      await inContext(services.db, systemContext, loadReferenceFigures)
      const figures = await inPublic(services, (db) => listFigures(db))
      expect(figures.filter(({ city, code }) => city === 'Linköping' && code === 'overall').length).toBe(1)
      const published = await (await ask(prepared, '/published')).text()
      expect(published).toContain('href="https://ratsinfo.erlangen.de/vo0050.asp?__kvonr=2130084"')
      const city = await (await ask(prepared, '/pact/dietzenbach')).text()
      expect(city).toContain('35,500')
      expect(city).toContain('There are no answers of Dietzenbach in this installation')
      expect((await ask(prepared, '/pact/alimos')).status).toBe(404)
      const api = (await (await ask(prepared, '/api/v1/published-figures?kind=fact&limit=3')).json()) as {
        figures: unknown[]
        next: string
      }
      expect(api.figures.length).toBe(3)
      expect((await ask(prepared, `/api/v1/published-figures?kind=fact&limit=3&cursor=${api.next}`)).status).toBe(200)
    })
  })
})

describe('hostile input', () => {
  it('never leads to an unexpected error', async () => {
    await rolledBack(async (prepared) => {
      const { coordinator, add } = await network(prepared)
      await add('Vadsta')
      const { ask: request } = await signIn(prepared, coordinator)
      const cursor = (...values: unknown[]) => Buffer.from(JSON.stringify(values)).toString('base64url')
      const paths = [
        '/cities?page=-1',
        '/cities?page=1e9',
        '/cities?country=%27%22',
        '/cities/%3Cscript%3E',
        '/cities/vadsta/facts/population/99999',
        '/cities/vadsta/facts/nonsense/2020',
        `/api/v1/cities?cursor=${cursor('a', 'no key')}`,
        `/api/v1/waves?cursor=${cursor('x', 'y')}`,
        `/api/v1/waves?cursor=${cursor(1e300, 'y')}`,
        `/api/v1/published-figures?cursor=${cursor(1e300)}`,
        '/api/v1/cities?limit=0',
      ]
      for (const path of paths) expect((await request(path)).status, path).toBeLessThan(500)
      expect(
        (await request('/api/v1/cities/vadsta/facts/population/100000000000', { method: 'DELETE', headers: { 'if-match': '1' } })).status,
      ).toBe(422)
      const form = {
        fact: 'population',
        year: '2024',
        value: '5',
        source: '<script>alert(1)</script>',
        quality: 'official',
        version: '99999999999999',
      }
      const refused = await request('/cities/vadsta/facts', { form })
      expect(refused.status).toBeLessThan(500)
      await request('/cities/vadsta/facts', { form: { ...form, version: '0' } })
      expect(await (await request('/cities/vadsta')).text()).not.toContain('<script>alert')
    })
  })
})
