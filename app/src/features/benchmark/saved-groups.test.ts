import { describe, expect, it, vi } from 'vitest'
import { actionsOf } from '../../../test/accounts.ts'
import { listCompared as list, withNetwork } from '../../../test/compared-network.ts'
import { testDatabase } from '../../../test/database.ts'
import { addPerson, signIn } from '../../../test/signed-in.ts'

vi.setConfig({ testTimeout: 120_000 })
const { rolledBack } = testDatabase()

describe('saved groups', () => {
  it('belong to one person, who makes, uses, renames and deletes them', () =>
    rolledBack(async (prepared) => {
      const { cities } = await withNetwork(prepared, 12)
      const owner = await signIn(prepared, await addPerson(prepared, 'network-coordinator'))
      const other = await signIn(prepared, await addPerson(prepared, 'network-coordinator', null, 'other'))
      const slugs = cities.slice(0, 3).map(({ slug }) => slug)
      const form = { name: 'Ports', cities: slugs.join(','), _key: crypto.randomUUID() }
      for (let i = 0; i < 2; i++) {
        const made = await owner.ask('/compare/groups', { form })
        expect([made.status, made.headers.get('location')]).toEqual([303, '/compare/groups?done=created'])
      }
      const { groups } = (await (await owner.ask('/api/v1/saved-groups')).json()) as {
        groups: { id: string; version: number; cities: string[] }[]
      }
      expect(groups.map(({ version, cities: inGroup }) => [version, inGroup])).toEqual([[1, slugs]])
      const { id } = groups[0]!
      const found = await list(await owner.ask(`/api/v1/comparison?group=${id}`))
      expect(found.cities.map(({ city }) => city.slug)).toEqual([...slugs].sort())
      expect((await list(await other.ask(`/api/v1/comparison?group=${id}`))).cities).toEqual([])
      expect((await other.ask(`/compare/groups/${id}`)).status).toBe(404)
      const put = (version: number, name: string) =>
        owner.ask(`/api/v1/saved-groups/${id}`, {
          method: 'PUT',
          json: { name, cities: slugs.slice(1) },
          headers: { 'if-match': `"${version}"` },
        })
      expect((await put(1, 'Harbours')).status).toBe(200)
      expect((await put(1, 'Havens')).status).toBe(412)
      const refused = await other.ask(`/compare/groups/${id}/delete`, { form: { version: '2' } })
      expect(refused.status).toBe(404)
      expect((await owner.ask(`/compare/groups/${id}/delete`, { form: { version: '2' } })).headers.get('location')).toBe(
        '/compare/groups?done=deleted',
      )
      expect((await actionsOf(prepared)).filter((action) => action.startsWith('saved-group'))).toEqual([
        'saved-group.created',
        'saved-group.changed',
        'saved-group.deleted',
      ])
    }))

  it('refuse a name that is taken, cities that do not exist, and no cities; what was typed stays', () =>
    rolledBack(async (prepared) => {
      const { cities } = await withNetwork(prepared, 5)
      const owner = await signIn(prepared, await addPerson(prepared, 'reviewer'))
      const send = (name: string, slugs: string) =>
        owner.ask('/compare/groups', { form: { name, cities: slugs, _key: crypto.randomUUID() } })
      expect((await send('Ports', cities[0]!.slug)).status).toBe(303)
      const taken = await send('Ports', cities[1]!.slug)
      expect(taken.status).toBe(422)
      expect(await taken.text()).toContain('You already have a group called “Ports”')
      expect((await send('Nowhere', 'atlantis')).status).toBe(422)
      const unnamed = await send('  ', cities[1]!.slug)
      expect(await unnamed.text()).toContain(`value="${cities[1]!.slug}"`)
    }))

  it('are made from ticked cities, or from what the filter leaves', () =>
    rolledBack(async (prepared) => {
      const { cities } = await withNetwork(prepared, 30)
      const member = await signIn(prepared, await addPerson(prepared, 'reviewer'))
      const country = cities[0]!.country
      const offered = async (query: string) => {
        const text = await (await member.ask(`/compare/groups/new?${query}`)).text()
        return /name="cities" value="([^"]*)"/.exec(text)?.[1]?.split(',').sort()
      }
      const { cities: listed } = await list(await member.ask(`/api/v1/comparison?country=${country}&limit=1000`))
      expect(await offered(`country=${country}`)).toEqual(listed.map(({ city }) => city.slug))
      expect(await offered(`country=${country}&pick=${listed[0]!.city.slug}&pick=atlantis`)).toEqual([listed[0]!.city.slug])
    }))
})
