import { describe, expect, it } from 'vitest'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { addPerson, ask, signIn } from '../../../test/signed-in.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { listEvents } from '../audit/queries.ts'
import { inPublic, loadReferenceFigures } from '../cities/usecases.ts'
import { columns } from './earlier.ts'
import { listFigures } from './queries.ts'

const { rolledBack } = testDatabase()

const rowOf = (
  city: string,
  code: string,
  value: number | string,
  { country = 'SE', year = 2020, instrument = 'Older index', version = '2' } = {},
) => `${city},${country},${year},${instrument},${version},${code},${value},"Report on ${city}, page 4",`
const fileOf = (...rows: string[]) => [columns.join(','), ...rows].join('\n')

/** Somebody who sends files as a browser would. */
async function coordination(prepared: Prepared) {
  const person = await addPerson(prepared, 'network-coordinator')
  const { ask: request, cookie } = await signIn(prepared, person)
  const upload = async (text: string, name = 'earlier.csv') => {
    const body = new FormData()
    body.set('file', new File([text], name))
    return prepared.app.request('/network/earlier', { method: 'POST', body, headers: { cookie, 'accept-language': 'en' } })
  }
  const takeIn = async (text: string, name?: string) => {
    const preview = await upload(text, name)
    return request(preview.headers.get('location')!, { form: { _key: crypto.randomUUID() } })
  }
  return { person, request, upload, takeIn }
}

const stored = ({ services }: Prepared) => inPublic(services, (db) => listFigures(db, {}))

describe('earlier results', () => {
  it('are looked at first, then taken in as a whole, recorded, and read by everybody with source and questionnaire', async () => {
    await rolledBack(async (prepared) => {
      const { request, upload, person } = await coordination(prepared)
      const preview = await upload(fileOf(rowOf('Norrby', 'index', 53), rowOf('Norrby', 'language', '57.5')))
      expect(preview.status).toBe(303)
      const address = preview.headers.get('location')!
      expect(await (await request(address)).text()).toContain('The file can be taken in')
      expect(await stored(prepared)).toEqual([])

      const key = crypto.randomUUID()
      const confirmed = await request(address, { form: { _key: key } })
      expect([confirmed.status, confirmed.headers.get('location')]).toEqual([303, '/network/earlier?done=imported&figures=2'])
      const again = await request(address, { form: { _key: key } })
      expect(again.headers.get('location')).toBe('/network/earlier?done=imported&figures=2')
      expect((await stored(prepared)).map(({ city, code, value, row }) => [city, code, value, row])).toEqual(
        expect.arrayContaining([
          ['Norrby', 'index', 53, 2],
          ['Norrby', 'language', 57.5, 3],
        ]),
      )
      const [event] = (await inContext(prepared.services.db, systemContext, listEvents)).filter(
        ({ action }) => action === 'earlier.imported',
      )
      expect(event).toMatchObject({ personId: person.id, payload: { fileName: 'earlier.csv', figures: 2 } })
      const page = await (await ask(prepared, '/published/norrby')).text()
      for (const text of ['57.5 of 100', 'Report on Norrby, page 4', 'another questionnaire than ours', 'Older index, version 2'])
        expect(page).toContain(text)
    })
  })

  it('are not written at all when one row is wrong, not even by a confirmation that skips the preview', async () => {
    await rolledBack(async (prepared) => {
      const { request, upload } = await coordination(prepared)
      const preview = await upload(fileOf(rowOf('Norrby', 'index', 53), rowOf('Sörby', 'index', 530)))
      const address = preview.headers.get('location')!
      const page = await (await request(address)).text()
      expect(page).toContain('Row 3: “530”')
      expect(page).not.toContain('Take in one figure')
      const confirmed = await request(address, { form: { _key: crypto.randomUUID() } })
      expect(confirmed.status).toBe(422)
      expect(await confirmed.text()).toContain('Nothing was taken in')
      expect(await stored(prepared)).toEqual([])
    })
  })

  it('are refused a second time: the same file by its content, the same figure by its key', async () => {
    await rolledBack(async (prepared) => {
      const { request, upload, takeIn } = await coordination(prepared)
      const first = fileOf(rowOf('Norrby', 'index', 53))
      await takeIn(first)
      const same = await upload(first, 'other-name.csv')
      expect(await (await request(same.headers.get('location')!)).text()).toContain('This very file is in already')
      expect((await request(same.headers.get('location')!, { form: { _key: crypto.randomUUID() } })).status).toBe(422)
      const figure = await upload(fileOf(rowOf('NORRBY', 'index', 54)))
      expect(await (await request(figure.headers.get('location')!)).text()).toContain(
        'This figure came in with “earlier.csv”, row 2, already',
      )
      expect(await stored(prepared)).toHaveLength(1)
    })
  })

  it('can be taken out with a reason that stays in the record, and taken in again', async () => {
    await rolledBack(async (prepared) => {
      const { request, takeIn } = await coordination(prepared)
      const file = fileOf(rowOf('Norrby', 'index', 53))
      await takeIn(file)
      const [{ importId } = { importId: '' }] = await stored(prepared)
      const address = `/network/earlier/imports/${importId}/remove`
      expect((await request(address, { form: { reason: 'short' } })).status).toBe(422)
      const removed = await request(address, { form: { reason: 'The report was withdrawn.' } })
      expect(removed.headers.get('location')).toBe('/network/earlier?done=removed')
      expect(await stored(prepared)).toEqual([])
      expect((await ask(prepared, '/published/norrby')).status).toBe(404)
      expect(
        (await request(`/api/v1/earlier-results/imports/${importId}/removal`, { json: { reason: 'Once more, please.' } })).status,
      ).toBe(409)
      const events = await inContext(prepared.services.db, systemContext, listEvents)
      expect(events.at(-1)).toMatchObject({ action: 'earlier.removed', payload: { reason: 'The report was withdrawn.' } })
      expect((await takeIn(file)).status).toBe(303)
      expect(await stored(prepared)).toHaveLength(1)
    })
  })

  it('go through the API: file, preview, import, list and table', async () => {
    await rolledBack(async (prepared) => {
      const { request } = await coordination(prepared)
      const cookieless = await ask(prepared, '/api/v1/earlier-results/files', { json: {} })
      expect(cookieless.status).toBe(401)
      const preview = (await (
        await request('/api/v1/earlier-results/files?fileName=a.csv', {
          json: undefined,
          method: 'POST',
          headers: { 'content-type': 'text/csv' },
        })
      ).json()) as { problemCount: number }
      expect(preview).toMatchObject({ fileName: 'a.csv', canBeTakenIn: false, problemCount: 1, problems: [{ rule: 'empty', row: null }] })
      const absent = await request('/api/v1/earlier-results/imports', {
        json: { file: '0'.repeat(64) },
        headers: { 'idempotency-key': 'a key of mine' },
      })
      expect(absent.status).toBe(404)
    })
  })

  it('are listed page by page and as a table, with how each questionnaire relates to ours', async () => {
    await rolledBack(async (prepared) => {
      const { takeIn } = await coordination(prepared)
      const { id, version } = prepared.services.instruments.current
      const ours = { instrument: id, version }
      await takeIn(
        fileOf(
          rowOf('Norrby', 'index', 53, ours),
          rowOf('Norrby', 'index', 50, { instrument: id, version: '0.1.0' }),
          rowOf('=Sörby', 'index', 40),
        ),
      )
      const seen: { kinship: string }[] = []
      for (let cursor: string | null = ''; cursor !== null;) {
        const answer = (await (await ask(prepared, `/api/v1/earlier-results?limit=2${cursor && `&cursor=${cursor}`}`)).json()) as {
          results: { kinship: string }[]
          next: string | null
        }
        seen.push(...answer.results)
        cursor = answer.next
      }
      expect(seen.map(({ kinship }) => kinship).sort()).toEqual(['other-instrument', 'other-version', 'same'])
      const table = await (await ask(prepared, '/api/v1/earlier-results', { headers: { accept: 'text/csv' } })).text()
      expect(table.split('\r\n')[0]).toBe(columns.join(','))
      expect(table).toContain("\n'=Sörby,SE,2020")
      const page = await (await ask(prepared, '/published/norrby')).text()
      expect(page).toContain('the same questionnaire and version as ours. The figures still have no rank')
      expect(page).toContain('an earlier or later version of our questionnaire')
    })
  })

  it('stay with the network coordination', async () => {
    await rolledBack(async (prepared) => {
      const { ask: request } = await signIn(prepared, await addPerson(prepared, 'reviewer'))
      for (const path of ['/network/earlier', '/network/earlier/template.csv', `/network/earlier/files/${'0'.repeat(64)}`])
        expect((await request(path)).status, path).toBe(403)
    })
  })
})

describe('the page of a real city', () => {
  it('shows the published 53 of Linköping with source and year, beside the band, and says why it has no rank', async () => {
    await rolledBack(async (prepared) => {
      await inContext(prepared.services.db, systemContext, loadReferenceFigures)
      const page = await (await ask(prepared, '/published/linkoeping')).text()
      for (const text of [
        'Published figures of Linköping',
        '53 of 100',
        'linkoping.se',
        'Why Linköping has no rank here',
        'Intercultural Cities Index of the Council of Europe',
        `version ${prepared.services.instruments.current.version}`,
      ])
        expect(page).toContain(text)
      expect(page).toContain('href="/method"')
      expect((await ask(prepared, '/published/linkoeping-se')).status).toBe(200)
      expect((await ask(prepared, '/published/atlantis')).status).toBe(404)
    })
  })

  it('keeps imported figures of a questionnaire apart from those of another in the band', async () => {
    await rolledBack(async (prepared) => {
      const { takeIn } = await coordination(prepared)
      const others = [10, 20, 30, 40].map((value, i) => rowOf(`City ${i}`, 'index', value))
      await takeIn(fileOf(rowOf('Norrby', 'index', 50), ...others, rowOf('Elsewhere', 'index', 99, { version: '3' })))
      // 10, 20, 30, 40, 50: the middle is 30 and the 99 of version 3 does not count
      expect(await (await ask(prepared, '/published/norrby')).text()).toContain('Norrby: 50, above the middle of the published cities (30)')
    })
  })
})

describe('the files of a chart', () => {
  it('hold the figures of one questionnaire and version, as drawing, picture and numbers', async () => {
    await rolledBack(async (prepared) => {
      await inContext(prepared.services.db, systemContext, loadReferenceFigures)
      const { takeIn } = await coordination(prepared)
      await takeIn(fileOf(rowOf('Norrby', 'index', 53), rowOf('Norrby', 'index', 99, { version: '3' })))
      const page = await (await ask(prepared, '/published/norrby')).text()
      const [svg, png, csv] = [...page.matchAll(/href="([^"]+\/chart\.[a-z]+\?[^"]+version=2)"/g)].map(([, href]) =>
        href!.replace('&amp;', '&'),
      )
      expect(await (await ask(prepared, csv!)).text()).toBe(
        'city,instrument,instrument_version,code,value,year,n,q1,median,q3\r\nNorrby,Older index,2,index,53,2020,1,,,\r\n',
      )
      expect(await (await ask(prepared, svg!)).text()).toContain('Older index')
      expect((await ask(prepared, png!)).headers.get('content-type')).toBe('image/png')
      const reference = await (await ask(prepared, '/published/linkoeping/chart.csv')).text()
      expect(reference).toMatch(/\nLinköping,Intercultural Cities Index,,overall,53,/)
      expect((await ask(prepared, '/published/norrby/chart.csv?instrument=None&version=1')).status).toBe(404)
      expect((await ask(prepared, '/published/atlantis/chart.svg')).status).toBe(404)
    })
  })
})

describe('the list of cities with figures', () => {
  it('names every city on some page, counts all of them, and finds one by a part of its name', async () => {
    await rolledBack(async (prepared) => {
      const { takeIn } = await coordination(prepared)
      await takeIn(
        fileOf(
          ...Array.from({ length: 230 }, (_, i) => rowOf(`Ort ${String(i).padStart(3, '0')}`, 'index', 50)),
          rowOf('Ålby', 'index', 40),
        ),
      )
      const listed = (page: string) =>
        [.../<ul class="place-list">(.*?)<\/ul>/s.exec(page)![1]!.matchAll(/<a [^>]*>([^<]+)</g)].map(([, name]) => name)
      const get = async (query: string) => (await ask(prepared, `/published${query}`)).text()
      const first = await get('')
      const second = await get('?cities=2')
      expect(first).toContain('231 cities')
      expect([listed(first).length, listed(second).length]).toEqual([200, 31])
      expect(new Set([...listed(first), ...listed(second)]).size).toBe(231)
      expect(listed(await get('?cities=99'))).toEqual(listed(second))
      expect(listed(await get('?city=alb'))).toEqual(['Ålby'])
      expect(await get('?city=atlantis')).toContain('No city found')
    })
  })
})

describe('a file of earlier results', () => {
  it('may be larger than other requests, up to its own limit', async () => {
    await rolledBack(async (prepared) => {
      const { upload } = await coordination(prepared)
      const big = (megabytes: number) => upload(`${fileOf(rowOf('Norrby', 'index', 53))}\n${','.repeat(megabytes * 1024 * 1024)}`)
      expect((await big(2)).status).toBe(303)
      expect((await big(11)).status).toBe(413)
    })
  })
})
