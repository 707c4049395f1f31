import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { plantNetwork } from '../../../test/planted-network.ts'
import { answerOnline, asWorkbook, columnsOf, office, officeIn, stored } from '../../../test/spreadsheet-office.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { answerHistory } from '../../db/schema.ts'

const { rolledBack } = testDatabase()

/** The versions that a preview has shown, as its form sends them. */
const seenIn = (page: string): Record<string, string> =>
  Object.fromEntries([...page.matchAll(/name="(version-[\w-]+)" value="(\d+)"/g)].map(([, name, version]) => [name, version]))

describe('a department that works offline', () => {
  it('gets its part back in without a loss while somebody else answers online', async () => {
    await rolledBack(async (prepared) => {
      const { planted, download, bring, read, confirm, base } = await office(prepared)
      await answerOnline(prepared, planted, 'com-04', ['no'], 'As it was before.')
      const rows = await download(`?dimension=commitment`)
      const sheet = columnsOf(rows)
      // offline: one open question, one change that collides, and one that stays as it was
      sheet.set('com-02', 'Answer', 'Planned')
      sheet.set('com-03', 'Explanation', '=SUM(A1:A3) is only a text')
      const before = sheet.get('com-04', 'Answer')
      const wording = prepared.services.instruments.current.texts.en!.questions
      sheet.set('com-02', 'Answer', wording['com-02']!.options.planned!)
      // meanwhile, online
      await answerOnline(prepared, planted, 'com-04', ['own-line'], 'Changed online.')
      await answerOnline(prepared, planted, 'com-02', ['yes'], 'Said online, too.')
      const address = await bring(await asWorkbook(rows))
      const page = await read(address)
      expect(before).toBe(wording['com-04']!.options.no)
      expect(page).toContain('Changed on both sides: 1 question')
      expect(page).toContain('Changed here meanwhile, untouched in the file: 1 question')
      expect(page).toMatch(/name="choice-com-02" value="ours" checked/)
      expect(page).toMatch(/name="take" value="com-03" checked/)
      // between preview and confirmation somebody answers the third question, too
      await answerOnline(
        prepared,
        planted,
        'com-03',
        [prepared.services.instruments.current.dimensions[0]!.indicators[0]!.questions[2]!.options[0]!.id],
        'Just now.',
      )
      const fields = { take: 'com-03', 'choice-com-02': 'file', ...seenIn(page) }
      const confirmed = await confirm(address, fields)
      expect(confirmed.headers.get('location')).toBe(`${address}?saved=1&changed=1`)
      expect(await stored(prepared, planted, 'com-04')).toMatchObject({ options: ['own-line'], explanation: 'Changed online.' })
      expect(await stored(prepared, planted, 'com-02')).toMatchObject({ options: ['planned'] })
      expect(await stored(prepared, planted, 'com-03')).toMatchObject({ explanation: 'Just now.' })
      const history = await inContext(prepared.services.db, systemContext, (db) =>
        db.select().from(answerHistory).where(eq(answerHistory.questionId, 'com-02')),
      )
      expect(history.sort((one, other) => one.version - other.version).at(-1)).toMatchObject({
        options: ['planned'],
        origin: 'spreadsheet',
      })
      const again = await read(`${address}?saved=1&changed=1`)
      expect(again).toContain('1 answer changed here while you were looking')
      expect(again).toMatch(/name="choice-com-03" value="ours" checked/)
      const last = await confirm(address, { 'choice-com-03': 'file', ...seenIn(again) })
      expect(last.headers.get('location')).toBe(`${base}?saved=1`)
      expect(await stored(prepared, planted, 'com-03')).toMatchObject({ explanation: '=SUM(A1:A3) is only a text' })
    })
  })

  it('changes nothing with the file as it was downloaded, in either language and format', async () => {
    await rolledBack(async (prepared) => {
      const { planted, send, bring, read, base } = await office(prepared)
      await answerOnline(prepared, planted, 'com-04', ['own-line'], "'=1+1;  „Anführung“\r\nzweite Zeile\u00A0")
      for (const language of ['en', 'de'])
        for (const format of ['xlsx', 'csv']) {
          const file = await send(`${base}.${format}`, { headers: { 'accept-language': language } })
          const address = await bring(new Uint8Array(await file.arrayBuffer()), `a.${format}`)
          expect(await read(address)).toContain('The file changes nothing.')
        }
    })
  })

  it('answers only its own questions, and gets only those to read', async () => {
    await rolledBack(async (prepared) => {
      const planted = await plantNetwork(prepared)
      const own = officeIn(prepared, planted, 'contributor')
      const rows = await own.download()
      const mine = prepared.services.instruments.current.dimensions.find(({ id }) => id === planted.dimension)!
      expect(rows.slice(2).map(([id]) => id)).toEqual(mine.indicators.flatMap(({ questions }) => questions.map(({ id }) => id)))
      const other = prepared.services.instruments.current.dimensions.find(({ id }) => id !== planted.dimension)!.indicators[0]!
        .questions[0]!
      const page = await own.read(
        await own.bring(
          await asWorkbook([
            ['ID', 'Answer'],
            [other.id, other.options[0]!.id],
          ]),
        ),
      )
      expect(page).toContain('You neither read nor answer this question.')
      expect((await own.send(`${own.base}.xlsx?department=${crypto.randomUUID()}`)).status).toBe(404)
      expect((await officeIn(prepared, planted, 'approver').send(own.base, { method: 'POST', body: new FormData() })).status).toBe(403)
    })
  })

  it('empties an answer only when somebody says so', async () => {
    await rolledBack(async (prepared) => {
      const { planted, download, bring, read, confirm } = await office(prepared)
      await answerOnline(prepared, planted, 'com-04', ['own-line'])
      const rows = await download()
      columnsOf(rows).set('com-04', 'Answer', '')
      const address = await bring(await asWorkbook(rows))
      const page = await read(address)
      expect(page).toContain('Emptied in the file: 1')
      expect(page).not.toMatch(/name="take" value="com-04" checked/)
      expect((await confirm(address, seenIn(page))).status).toBe(422)
      await confirm(address, { take: 'com-04', ...seenIn(page) })
      expect(await stored(prepared, planted, 'com-04')).toMatchObject({ options: null })
    })
  })
})

describe('a file that is not as it should be', () => {
  const preview = async (prepared: Prepared, content: Uint8Array<ArrayBuffer> | string, name = 'a.csv') => {
    const { bring, read } = await office(prepared)
    return read(await bring(content, name))
  }

  it('is read with other columns, in another order, by semicolon and in the old code', async () => {
    await rolledBack(async (prepared) => {
      const german = prepared.services.instruments.current.texts.de!.questions['edu-01']!
      const csv = `Unser Aktenzeichen;Erläuterung;Antwort;Kennung\r\nA-1;Straße;"37,5";edu-01\r\n\r\nA-2;;${german.options['under-25']};EDU-02 `
      const page = await preview(prepared, new Uint8Array(Buffer.from(csv, 'latin1')))
      expect(page).toContain('“Unser Aktenzeichen”')
      expect(page).toContain('Straße')
      expect(page).toContain(prepared.services.instruments.current.texts.en!.questions['edu-01']!.options['25-to-50'])
      expect(page).toContain('“Weniger als ein Viertel” is not an answer to this question.')
    })
  })

  it('names each row that cannot be used, and the others can be', async () => {
    await rolledBack(async (prepared) => {
      const texts = prepared.services.instruments.current.texts.en!.questions
      const page = await preview(
        prepared,
        await asWorkbook([
          ['A title above the head'],
          ['ID', 'Question', 'Answer', 'Reason why it does not apply'],
          ['edu-01', texts['edu-02']!.question, '30', null],
          ['edu-00', null, '30', null],
          ['edu-02', null, 0.6, null],
          ['com-04', null, 'spread', null],
          ['com-04', null, 'no', null],
          ['nei-01', 'Somebody wrote this anew', 'not-known', null],
        ]),
      )
      for (const said of [
        'The ID says edu-01, but the wording is that of question edu-02.',
        'There is no question “edu-00”',
        '0.6 can mean 0.6 percent or 60 percent.',
        'in this file more than once with different answers, first in row 6',
        'The wording of 1 question was changed in the file (row 8)',
        'Answers to open questions: 1',
      ])
        expect(page).toContain(said)
    })
  })

  it.each([
    ['neither', new Uint8Array([0, 1, 2, 0, 4]), 'neither a CSV nor an XLSX'],
    ['an old workbook', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1]), 'workbook of the old kind'],
    ['half a workbook', new Uint8Array([0x50, 0x4b, 3, 4, 0]), 'cannot be opened'],
    ['only a head', 'id,answer\n', 'Below the column names there is no row.'],
    ['another table', 'city,country\nA,SE\n', 'No sheet has a row with the column names'],
  ])('says so: %s', async (_, content, said) => {
    await rolledBack(async (prepared) => {
      const page = await preview(prepared, content)
      expect([page.includes(said), page.includes('You can save the others')]).toEqual([true, false])
    })
  })

  it('of another city is named, and what stands here stays', async () => {
    await rolledBack(async (prepared) => {
      const { planted, download, bring, read } = await office(prepared)
      const rows = await download()
      const at = rows[1]!.indexOf('Version (please do not change)')
      for (const row of rows.slice(2)) row[at] = 'v0-00000000'
      columnsOf(rows).set(planted.question, 'Answer', 'not-known')
      const page = await read(await bring(await asWorkbook(rows)))
      expect(page).toContain('The file was made for another city or wave')
      expect(page).toMatch(new RegExp(`name="choice-${planted.question}" value="ours" checked`))
    })
  })
})

describe('the file of one person', () => {
  it('cannot be looked at or taken over by another, nor for another city', async () => {
    await rolledBack(async (prepared) => {
      const { planted, bring, send } = await office(prepared)
      const address = await bring('id,answer\ncom-04,spread\n')
      expect((await send(address)).status).toBe(200)
      expect((await officeIn(prepared, planted, 'contributor').send(address)).status).toBe(404)
      expect((await send(address.replace(planted.assessmentA, planted.assessmentB))).status).toBe(404)
    })
  })

  it('goes the same way through the API', async () => {
    await rolledBack(async (prepared) => {
      const { planted, send } = await office(prepared)
      const api = `/api/v1/assessments/${planted.assessmentA}`
      const looked = await send(`${api}/spreadsheet-files?fileName=a.csv`, {
        method: 'POST',
        body: 'id,answer\ncom-04,spread\nxxx,no\n',
        headers: { 'content-type': 'text/csv' },
      })
      const preview = (await looked.json()) as {
        file: string
        items: { question: string; state: string; version: number }[]
        problems: { row: number; rule: string }[]
      }
      expect(preview.items).toMatchObject([{ question: 'com-04', state: 'conflict' }]) // a list without versions over an answer
      expect(preview.problems).toMatchObject([{ row: 3, rule: 'questionUnknown' }])
      const done = await send(`${api}/spreadsheet-imports`, {
        method: 'POST',
        body: JSON.stringify({ file: preview.file, questions: [{ question: 'com-04', version: preview.items[0]!.version }] }),
        headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      })
      expect([done.status, await done.json()]).toEqual([201, { saved: ['com-04'], changed: [] }])
      const csv = await (await send(`${api}/spreadsheet?format=csv&dimension=commitment`)).text()
      expect(csv).toMatch(/v[1-9]\d*-[0-9a-f]{8}/)
      expect((await prepared.app.request('/questionnaire.csv')).headers.get('content-disposition')).toBe(
        'attachment; filename="questionnaire.csv"',
      )
    })
  })
})
