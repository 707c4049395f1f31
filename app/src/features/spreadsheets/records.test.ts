import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { readOutbox } from '../../../test/accounts.ts'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { plantNetwork, type PlantedNetwork, type Viewer } from '../../../test/planted-network.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { cityFacts, invitations } from '../../db/schema.ts'
import { translator } from '../../text/text.ts'

const { rolledBack } = testDatabase()

function visitor({ app }: Prepared, planted: PlantedNetwork, as: Exclude<Viewer, 'stranger'>) {
  const send = async (path: string, init: RequestInit = {}) =>
    app.request(path, { ...init, headers: { cookie: planted.people[as].cookie, 'accept-language': 'en', ...init.headers } })
  return {
    send,
    bring: async (base: string, content: Uint8Array<ArrayBuffer> | string) => {
      const body = new FormData()
      body.set('file', new File([content], 'list.csv'))
      const address = (await send(base, { method: 'POST', body })).headers.get('location')!
      return { address, page: await (await send(address)).text() }
    },
    confirm: (address: string, fields: readonly (readonly [string, string])[]) =>
      send(address, {
        method: 'POST',
        body: new URLSearchParams([['_key', crypto.randomUUID()], ...fields.map(([name, value]) => [name, value])]).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      }),
  }
}

const factsOf = ({ services }: Prepared, year: number) =>
  inContext(services.db, systemContext, (db) =>
    db
      .select()
      .from(cityFacts)
      .where(and(eq(cityFacts.fact, 'population'), eq(cityFacts.year, year))),
  )

const base = '/cities/city-a/facts/spreadsheet'

describe('facts of a city as a spreadsheet', () => {
  it('come back as they went out and change nothing, in both formats and languages', async () => {
    await rolledBack(async (prepared) => {
      const { send, bring } = visitor(prepared, await plantNetwork(prepared), 'coordinator')
      for (const language of ['en', 'de'])
        for (const format of ['xlsx', 'csv']) {
          const file = await send(`${base}.${format}`, { headers: { 'accept-language': language } })
          const { page } = await bring(base, new Uint8Array(await file.arrayBuffer()))
          expect(page).toContain('The file brings nothing new.')
          expect(page).toMatch(/\d+ rows? stands? here already/)
        }
    })
  })

  it('take new years and changes, with decimal commas and German names, and name what does not fit', async () => {
    await rolledBack(async (prepared) => {
      const { bring, confirm } = visitor(prepared, await plantNetwork(prepared), 'coordinator')
      const csv = [
        'Angabe;Jahr;Wert;Quelle;Wie sicher;Bemerkung',
        `${translator('de')('cities.fact.name.population')};2021;35.500;=Statistik;${translator('de')('cities.fact.quality.official')};x`,
        'population;2021;1;Again;official;',
        'share-foreign-born;2021;12,5;Register;estimate;',
        'share-foreign-born;2022;112,5;Register;estimate;',
        'Regentage;2021;12;Register;estimate;',
      ].join('\n')
      const { address, page } = await bring(base, csv)
      expect(page).toContain('A share is 100 percent at most.')
      expect(page).toContain('“Bemerkung”')
      expect(page).toMatch(/value="population\/2021" checked/)
      expect(page).toContain('This stands in row 2 already.')
      const done = await confirm(address, [
        ['take', 'share-foreign-born/2021'],
        ['version-share-foreign-born/2021', '0'],
      ])
      expect(done.headers.get('location')).toBe(`${base}?saved=1`)
    })
  })

  it('leave alone what somebody has changed meanwhile, and say so', async () => {
    await rolledBack(async (prepared) => {
      const planted = await plantNetwork(prepared)
      const { send, bring, confirm } = visitor(prepared, planted, 'coordinator')
      const csv = await (await send(`${base}.csv`)).text()
      const [fact] = await factsOf(prepared, 2023)
      const { address, page } = await bring(base, csv.replace(String(fact!.value), '77777'))
      expect(page).toContain('Changed in the file: 1')
      await inContext(prepared.services.db, systemContext, (db) =>
        db
          .update(cityFacts)
          .set({ value: 88888, version: fact!.version + 1 })
          .where(and(eq(cityFacts.fact, 'population'), eq(cityFacts.cityId, fact!.cityId))),
      )
      const done = await confirm(address, [
        ['take', 'population/2023'],
        ['version-population/2023', String(fact!.version)],
      ])
      expect(done.headers.get('location')).toBe(`${address}?left=1`)
      expect((await factsOf(prepared, 2023)).find(({ cityId }) => cityId === fact!.cityId)!.value).toBe(88888)
      const again = await (await send(`${address}?left=1`)).text()
      expect(again).toContain('Stands here with another value: 1')
      expect(again).not.toMatch(/value="population\/2023" checked/)
    })
  })
})

describe('people in a spreadsheet', () => {
  const list = [
    'E-Mail,Rolle,Stadt',
    'NEW.One@example.org,Contributor,',
    'new.two@example.org,Mitwirkende,',
    'nobody,contributor,',
    'new.three@example.org,king,',
    'new.four@example.org,network-coordinator,',
    'new.one@example.org,contributor,',
  ].join('\n')

  it('are invited after a look, once each, with a mail', async () => {
    await rolledBack(async (prepared) => {
      const planted = await plantNetwork(prepared)
      const { bring, confirm } = visitor(prepared, planted, 'coordinator')
      const place = '/cities/city-a/people/spreadsheet'
      const { address, page } = await bring(place, list)
      expect(page).toMatch(/value="new\.one@example\.org contributor city-a" checked/)
      for (const said of ['“king” is not a role.', 'This role belongs to the network', 'This stands in row 2 already.'])
        expect(page).toContain(said)
      const done = await confirm(address, [['take', 'new.one@example.org contributor city-a']])
      expect(done.headers.get('location')).toBe(`${place}?invited=1&unsent=0`)
      const rows = await inContext(prepared.services.db, systemContext, (db) =>
        db.select().from(invitations).where(eq(invitations.email, 'new.one@example.org')),
      )
      expect(rows).toMatchObject([{ role: 'contributor' }])
      expect((await readOutbox(prepared.services.config.dataDir)).join('\n')).toContain('new.one@example.org')
      const { page: again } = await bring(place, 'email,role\nnew.one@example.org,contributor\n')
      expect(again).toContain('The file brings nothing new.')
    })
  })

  it('of the network are listed, and city roles need their city', async () => {
    await rolledBack(async (prepared) => {
      const planted = await plantNetwork(prepared)
      const { send, bring } = visitor(prepared, planted, 'network')
      const csv = await (await send('/network/people/spreadsheet.csv')).text()
      expect(csv).toContain(planted.people.coordinator.person.email)
      const { page } = await bring(
        '/network/people/spreadsheet',
        'email,role,city\na@example.org,contributor,\nb@example.org,contributor,Nowhere\nc@example.org,contributor,City-A\nd@example.org,reviewer,\n',
      )
      expect(page).toContain('There is no city “Nowhere” in the network.')
      expect(page).toMatch(/value="c@example\.org contributor city-a" checked/)
      expect(page).toMatch(/value="d@example\.org reviewer" checked/)
      const { page: own } = await bring('/network/people/spreadsheet', csv)
      expect(own).toContain('The file brings nothing new.')
    })
  })
})
