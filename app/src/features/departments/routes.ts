import { createRoute, z } from '@hono/zod-openapi'
import { type Api, body, idempotencyHeader, json, problems } from '../../api.ts'
import { once } from '../../once.ts'
import { roles } from '../../permissions.ts'
import type { Services } from '../../services.ts'
import { inTransaction, personOf } from '../../web.ts'
import { ifMatchHeader, versionOf } from '../cities/version.ts'
import { registerAssignmentRoutes } from './assignment-routes.ts'
import { addContact, endContact, updateContact } from './contacts.ts'
import { contactFields, departmentFields, endSchema, newDepartmentsSchema, settingsFields } from './schemas.ts'
import { addDepartments, endDepartment, openDepartments, updateCitySettings, updateDepartment } from './usecases.ts'

const tags = ['departments']
const city = z.string().min(1).max(80)
const params = z.object({ city })
const departmentParams = z.object({ city, department: z.uuid() })
const contactParams = z.object({ city, contact: z.uuid() })

const departmentSchema = z
  .object({ id: z.uuid(), name: z.string(), version: z.number().int(), memberIds: z.array(z.uuid()) })
  .openapi('Department')
const contactSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    post: z.string().nullable(),
    email: z.string().nullable().openapi({ description: 'for those who arrange the work; null for others' }),
    departmentId: z.uuid().nullable(),
    version: z.number().int(),
  })
  .openapi('Contact')
const settingsSchema = z
  .object({ contributorsSeeAll: z.boolean(), version: z.number().int().openapi({ description: '0 = never set' }) })
  .openapi('CitySettings')
const arrangementSchema = z.object({
  departments: z.array(departmentSchema),
  contacts: z.array(contactSchema),
  colleagues: z.array(z.object({ id: z.uuid(), name: z.string(), roles: z.array(z.enum(roles)) })),
  settings: settingsSchema,
})
const ended = z.object({ ended: z.boolean() })

const listRoute = createRoute({
  operationId: 'listDepartments',
  method: 'get',
  path: '/api/v1/cities/{city}/departments',
  tags,
  summary: 'Departments of a city, their people, and people without an account who are responsible for answers',
  request: { params },
  responses: { 200: json(arrangementSchema, 'Departments'), ...problems },
})
const addRoute = createRoute({
  operationId: 'addDepartments',
  method: 'post',
  path: '/api/v1/cities/{city}/departments',
  tags,
  summary: 'Add departments',
  request: { params, headers: idempotencyHeader, ...body(newDepartmentsSchema) },
  responses: { 201: json(z.object({ departments: z.array(z.uuid()) }), 'Keys of the departments'), ...problems },
})
const updateRoute = createRoute({
  operationId: 'updateDepartment',
  method: 'put',
  path: '/api/v1/cities/{city}/departments/{department}',
  tags,
  summary: 'Give a department a name and its members',
  request: { params: departmentParams, headers: ifMatchHeader, ...body(departmentFields) },
  responses: { 200: json(departmentSchema, 'The department'), ...problems },
})
const endRoute = createRoute({
  operationId: 'endDepartment',
  method: 'post',
  path: '/api/v1/cities/{city}/departments/{department}/end',
  tags,
  summary: 'End a department; whoever is named takes over what it still has to answer',
  request: { params: departmentParams, headers: ifMatchHeader, ...body(endSchema) },
  responses: { 200: json(ended, 'Ended'), ...problems },
})
const addContactRoute = createRoute({
  operationId: 'addContact',
  method: 'post',
  path: '/api/v1/cities/{city}/contacts',
  tags,
  summary: 'Add somebody who is responsible for answers and has no account',
  request: { params, headers: idempotencyHeader, ...body(contactFields) },
  responses: { 201: json(z.object({ id: z.uuid() }), 'Key of the contact'), ...problems },
})
const updateContactRoute = createRoute({
  operationId: 'updateContact',
  method: 'put',
  path: '/api/v1/cities/{city}/contacts/{contact}',
  tags,
  summary: 'Change the entry of somebody without an account',
  request: { params: contactParams, headers: ifMatchHeader, ...body(contactFields) },
  responses: { 200: json(contactSchema, 'The contact'), ...problems },
})
const endContactRoute = createRoute({
  operationId: 'endContact',
  method: 'post',
  path: '/api/v1/cities/{city}/contacts/{contact}/end',
  tags,
  summary: 'End the entry of somebody without an account; whoever is named takes over',
  request: { params: contactParams, headers: ifMatchHeader, ...body(endSchema) },
  responses: { 200: json(ended, 'Ended'), ...problems },
})
const settingsRoute = createRoute({
  operationId: 'updateCitySettings',
  method: 'put',
  path: '/api/v1/cities/{city}/settings',
  tags,
  summary: 'Say whether contributors read the whole questionnaire',
  request: { params, headers: ifMatchHeader, ...body(settingsFields) },
  responses: { 200: json(settingsSchema, 'The settings'), ...problems },
})

export function registerDepartmentRoutes(api: Api, services: Services): void {
  registerOfDepartments(api, services)
  registerOfContacts(api, services)
  registerAssignmentRoutes(api, services)
}

function registerOfDepartments(api: Api, services: Services): void {
  const { now } = services
  api.add('assessment.read', listRoute, async (c) => {
    const { departments, contacts, colleagues, settings } = await inTransaction(services, c, (db) =>
      openDepartments(db, personOf(c), c.req.valid('param').city),
    )
    return c.json({ departments, contacts, colleagues, settings }, 200)
  })
  api.add('city.arrange', addRoute, async (c) => {
    const input = { ...c.req.valid('param'), ...c.req.valid('json') }
    const request = { key: c.req.valid('header')['idempotency-key'], operation: 'addDepartments', body: input }
    const ids = await inTransaction(services, c, (db) =>
      once(db, personOf(c), request, () => addDepartments(db, personOf(c), input, now())),
    )
    return c.json({ departments: ids }, 201)
  })
  api.add('city.arrange', updateRoute, async (c) => {
    const input = { ...c.req.valid('param'), ...c.req.valid('json'), version: versionOf(c.req.header('if-match')) }
    const department = await inTransaction(services, c, (db) => updateDepartment(db, personOf(c), input, now()))
    return c.json(department, 200, { ETag: `"${department.version}"` })
  })
  api.add('city.arrange', endRoute, async (c) => {
    const input = { ...c.req.valid('param'), ...c.req.valid('json'), version: versionOf(c.req.header('if-match')) }
    await inTransaction(services, c, (db) => endDepartment(db, personOf(c), input, now()))
    return c.json({ ended: true }, 200)
  })
  api.add('city.arrange', settingsRoute, async (c) => {
    const input = { ...c.req.valid('param'), ...c.req.valid('json'), version: versionOf(c.req.header('if-match')) }
    const settings = await inTransaction(services, c, (db) => updateCitySettings(db, personOf(c), input, now()))
    return c.json(settings, 200, { ETag: `"${settings.version}"` })
  })
}

function registerOfContacts(api: Api, services: Services): void {
  const { now } = services
  api.add('city.arrange', addContactRoute, async (c) => {
    const input = { ...c.req.valid('param'), ...c.req.valid('json') }
    const request = { key: c.req.valid('header')['idempotency-key'], operation: 'addContact', body: input }
    const id = await inTransaction(services, c, (db) => once(db, personOf(c), request, () => addContact(db, personOf(c), input, now())))
    return c.json({ id }, 201)
  })
  api.add('city.arrange', updateContactRoute, async (c) => {
    const input = { ...c.req.valid('param'), ...c.req.valid('json'), version: versionOf(c.req.header('if-match')) }
    const contact = await inTransaction(services, c, (db) => updateContact(db, personOf(c), input, now()))
    return c.json(contact, 200, { ETag: `"${contact.version}"` })
  })
  api.add('city.arrange', endContactRoute, async (c) => {
    const input = { ...c.req.valid('param'), ...c.req.valid('json'), version: versionOf(c.req.header('if-match')) }
    await inTransaction(services, c, (db) => endContact(db, personOf(c), input, now()))
    return c.json({ ended: true }, 200)
  })
}
