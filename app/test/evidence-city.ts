import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { inContext, systemContext } from '../src/db/context.ts'
import { assessments, assignments, waves } from '../src/db/schema.ts'
import { simplePdf } from '../src/features/demo/simple-pdf.ts'
import type { Role } from '../src/permissions.ts'
import { addCity } from './accounts.ts'
import type { Prepared } from './database.ts'
import { addPerson, type SignedInPerson, signIn } from './signed-in.ts'

// A city with an open wave whose people bring evidence.

export const day = 24 * 3600 * 1000 // ms

export interface City {
  prepared: Prepared
  cityId: string
  assessmentId: string
  people: Record<'coordinator' | 'contributor' | 'approver' | 'partner', SignedInPerson>
}

const roles: Record<keyof City['people'], Role> = {
  coordinator: 'city-coordinator',
  contributor: 'contributor',
  approver: 'approver',
  partner: 'technical-partner',
}

export const aCity = (prepared: Prepared, slug = 'home', isOpen = true): Promise<City> =>
  inContext(prepared.services.db, systemContext, () => plantCity(prepared, slug, isOpen))

async function plantCity(prepared: Prepared, slug: string, isOpen: boolean): Promise<City> {
  const { services } = prepared
  const cityId = await addCity(prepared, slug)
  const now = Date.now()
  const [wave] = await services.db
    .insert(waves)
    .values({
      slug: `wave-${slug}`,
      name: 'Wave',
      opensAt: new Date(now - 9 * day),
      closesAt: new Date(now + (isOpen ? 9 : -1) * day),
      instrumentVersionId: services.instruments.currentId,
      frozenAt: new Date(now - 10 * day),
    })
    .returning({ id: waves.id })
  const [assessment] = await services.db.insert(assessments).values({ waveId: wave!.id, cityId }).returning({ id: assessments.id })
  const people: Partial<City['people']> = {}
  for (const [name, role] of Object.entries(roles))
    people[name as keyof City['people']] = await signIn(prepared, await addPerson(prepared, role, cityId))
  await services.db
    .insert(assignments)
    .values({ assessmentId: assessment!.id, cityId, questionId: 'com-02', personId: people.contributor!.person.id })
  return { prepared, cityId, assessmentId: assessment!.id, people: people as City['people'] }
}

interface Entry {
  id: string
  version: number
  title: string
  uses: number
  file: { href: string; sha256: string } | null
}

/** Sends files as a form without a script does. */
export async function sendForm(
  { prepared }: City,
  by: SignedInPerson,
  path: string,
  fields: Record<string, string>,
  files: Record<string, string | Uint8Array>,
) {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  for (const [name, content] of Object.entries(files)) form.append('files', new File([content as BlobPart], name))
  if (Object.keys(files).length === 0) form.append('files', new File([], ''))
  return prepared.app.request(path, { method: 'POST', body: form, headers: { cookie: by.cookie, 'accept-language': 'en' } })
}

export async function entries(by: SignedInPerson, slug = 'home', query = ''): Promise<Entry[]> {
  const response = await by.ask(`/api/v1/cities/${slug}/evidence${query}`)
  return ((await response.json()) as { evidence: Entry[] }).evidence
}

/** A file in the library, by the form. */
export async function addFile(city: City, by: SignedInPerson, name: string, content: string | Uint8Array): Promise<Entry> {
  const before = new Set((await entries(by)).map(({ id }) => id))
  const response = await sendForm(city, by, '/cities/home/evidence/files', { _key: randomUUID() }, { [name]: content })
  expect([response.status, response.headers.get('location')]).toEqual([303, '/cities/home/evidence?done=added&count=1'])
  return (await entries(by)).find(({ id }) => !before.has(id))!
}

export const change = (by: SignedInPerson, { id, version }: Entry, patch: object) =>
  by.ask(`/api/v1/cities/home/evidence/${id}`, { method: 'PATCH', json: patch, headers: { 'if-match': `"${version}"` } })

export const pdf = simplePdf('Plan', [
  ['Plan', 'first page'],
  ['Decision', 'The council has adopt-', 'ed the plan.'],
])
