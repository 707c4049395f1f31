import { and, eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { inContext, systemContext } from '../src/db/context.ts'
import { answers as answersTable } from '../src/db/schema.ts'
import { saveAnswer } from '../src/features/assessments/usecases.ts'
import { type CellValue, readFileTables } from '../src/sheet-file.ts'
import { writeWorkbook } from '../src/workbook.ts'
import type { Prepared } from './database.ts'
import { plantNetwork, type PlantedNetwork } from './planted-network.ts'

// Somebody in city A who takes the questionnaire along as a spreadsheet, works in it and brings it back.

/** What an office program leaves after somebody has worked in the file: values without looks. */
export const asWorkbook = (rows: readonly (readonly CellValue[])[]) =>
  writeWorkbook([
    {
      name: 'Sheet',
      columns: [],
      rows: rows.map((row) => row.map((value) => ({ value: typeof value === 'number' || typeof value === 'string' ? value : null }))),
    },
  ])

export interface Office {
  planted: PlantedNetwork
  base: string
  send: (path: string, init?: RequestInit) => Promise<Response>
  /** The file as it is downloaded, as rows. */
  download: (query?: string) => Promise<CellValue[][]>
  /** Brings a file; the address of its preview. */
  bring: (bytes: Uint8Array<ArrayBuffer> | string, name?: string) => Promise<string>
  read: (address: string) => Promise<string>
  confirm: (address: string, fields: Record<string, string | string[]>) => Promise<Response>
}

export async function office(
  prepared: Prepared,
  as: 'coordinator' | 'contributor' | 'approver' = 'coordinator',
  language = 'en',
): Promise<Office> {
  const planted = await plantNetwork(prepared)
  return officeIn(prepared, planted, as, language)
}

export function officeIn(
  prepared: Prepared,
  planted: PlantedNetwork,
  as: 'coordinator' | 'contributor' | 'approver',
  language = 'en',
): Office {
  const base = `/assessments/${planted.assessmentA}/spreadsheet`
  const send: Office['send'] = async (path, init = {}) =>
    prepared.app.request(path, { ...init, headers: { cookie: planted.people[as].cookie, 'accept-language': language, ...init.headers } })
  return {
    planted,
    base,
    send,
    download: async (query = '') => {
      const response = await send(`${base}.xlsx${query}`)
      expect(response.status).toBe(200)
      const read = await readFileTables(new Uint8Array(await response.arrayBuffer()))
      if ('rule' in read) throw new Error(read.rule)
      return read.tables[0]!.rows
    },
    bring: async (bytes, name = 'answers.xlsx') => {
      const body = new FormData()
      body.set('file', new File([bytes], name))
      const response = await send(base, { method: 'POST', body })
      expect([response.status, await response.text()]).toEqual([303, ''])
      return response.headers.get('location')!
    },
    read: async (address) => (await send(address)).text(),
    confirm: (address, fields) => {
      const form = new URLSearchParams({ _key: crypto.randomUUID() })
      for (const [name, values] of Object.entries(fields)) for (const value of [values].flat()) form.append(name, value)
      return send(address, { method: 'POST', body: form.toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } })
    },
  }
}

export const columnsOf = (rows: CellValue[][]) => {
  const at = (name: string) => rows[1]!.indexOf(name)
  const row = (id: string) => rows.find((cells) => cells[0] === id)!
  return {
    set: (id: string, name: string, value: string) => {
      row(id)[at(name)] = value
    },
    get: (id: string, name: string) => row(id)[at(name)],
  }
}

/** An answer of city A in the open wave. */
export const stored = async ({ services }: Prepared, { assessmentA }: PlantedNetwork, questionId: string) =>
  (
    await inContext(services.db, systemContext, (db) =>
      db
        .select()
        .from(answersTable)
        .where(and(eq(answersTable.assessmentId, assessmentA), eq(answersTable.questionId, questionId))),
    )
  )[0]

/** Somebody answers online. */
export async function answerOnline(
  prepared: Prepared,
  planted: PlantedNetwork,
  questionId: string,
  options: string[],
  explanation: string | null = null,
) {
  const { services } = prepared
  const person = planted.people.coordinator.person
  const row = await stored(prepared, planted, questionId)
  await inContext(services.db, systemContext, async (db) => {
    await saveAnswer(
      db,
      person,
      services.instruments,
      { assessmentId: planted.assessmentA, questionId, patch: { options, explanation }, version: row?.version ?? 0, language: 'en' },
      services.now(),
    )
  })
}
