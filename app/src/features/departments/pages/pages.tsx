import type { Db } from '../../../db/open.ts'
import { type FormErrors, type FormValues, handleForm, newFormKey, noErrors } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import { once } from '../../../once.ts'
import type { Services } from '../../../services.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import type { City } from '../../cities/city.ts'
import type { WaveAssignment } from '../assignment-queries.ts'
import { addContact, endContact, openContact, updateContact } from '../contacts.ts'
import type { Workforce } from '../department.ts'
import type { Who } from '../responsible.ts'
import { contactForm, departmentForm, endForm, newDepartmentsForm, settingsForm } from '../schemas.ts'
import {
  addDepartments,
  endDepartment,
  listOwed,
  openDepartment,
  openDepartments,
  updateCitySettings,
  updateDepartment,
} from '../usecases.ts'
import { registerAssignmentPages } from './assignment-pages.tsx'
import { ContactPage, DepartmentPage, EndPage } from './DepartmentPage.tsx'
import { type DepartmentForm, departmentNotices, DepartmentsPage } from './DepartmentsPage.tsx'
import { registerOverviewPages } from './overview-pages.tsx'
import { targetText } from './parts.tsx'

export function registerDepartmentPages(pages: Pages, services: Services): void {
  registerList(pages, services)
  registerDepartment(pages, services)
  registerContact(pages, services)
  registerAssignmentPages(pages, services)
  registerOverviewPages(pages, services)
}

const slugOf = (c: WebContext): string => c.req.param('slug')!
const listOf = (c: WebContext): string => `/cities/${slugOf(c)}/departments`
const statusOf = (errors: FormErrors) => (errors === noErrors ? 200 : 422)

async function showList(
  c: WebContext,
  services: Services,
  again: { form: DepartmentForm; values: FormValues; errors: FormErrors } | null,
): Promise<Response> {
  const t = c.get('t')
  const arrangement = await inTransaction(services, c, (db) => openDepartments(db, personOf(c), slugOf(c)))
  const notice = again === null ? (departmentNotices.find((known) => known === c.req.query('done')) ?? null) : null
  return page(
    c,
    services,
    { title: t('departments.title'), status: again === null ? 200 : 422 },
    <DepartmentsPage t={t} {...arrangement} notice={notice} again={again} newKey={newFormKey} />,
  )
}

/** A change by a form that says once what it wants. */
function change<T>(
  c: WebContext,
  services: Services,
  operation: string,
  key: string,
  body: unknown,
  work: (db: Db) => Promise<T>,
): Promise<T> {
  return inTransaction(services, c, (db) => once(db, personOf(c), { key, operation, body }, () => work(db)))
}

function registerList(pages: Pages, services: Services): void {
  const { now } = services
  const again = (c: WebContext, form: DepartmentForm) => (values: FormValues, errors: FormErrors) =>
    showList(c, services, { form, values, errors })
  pages.get('/cities/:slug/departments', 'assessment.read', (c) => showList(c, services, null))
  pages.post('/cities/:slug/departments', 'city.arrange', 'addDepartments', (c) =>
    handleForm(c, {
      schema: newDepartmentsForm,
      run: async ({ names }, key) => {
        const input = { city: slugOf(c), names }
        await change(c, services, 'addDepartments', key, input, (db) => addDepartments(db, personOf(c), input, now()))
        return `${listOf(c)}?done=added`
      },
      again: again(c, 'departments'),
    }),
  )
  pages.post('/cities/:slug/contacts', 'city.arrange', 'addContact', (c) =>
    handleForm(c, {
      schema: contactForm,
      run: async ({ version: _version, ...fields }, key) => {
        const input = { city: slugOf(c), ...fields }
        await change(c, services, 'addContact', key, input, (db) => addContact(db, personOf(c), input, now()))
        return `${listOf(c)}?done=contact-added`
      },
      again: again(c, 'contact'),
    }),
  )
  pages.post('/cities/:slug/settings', 'city.arrange', 'updateCitySettings', (c) =>
    handleForm(c, {
      schema: settingsForm,
      run: async (input) => {
        await inTransaction(services, c, (db) => updateCitySettings(db, personOf(c), { city: slugOf(c), ...input }, now()))
        return `${listOf(c)}?done=settings`
      },
      again: again(c, 'settings'),
    }),
  )
}

const departmentKey = (c: WebContext) => ({ city: slugOf(c), department: c.req.param('department')! })
const contactKey = (c: WebContext) => ({ city: slugOf(c), contact: c.req.param('contact')! })

function registerDepartment(pages: Pages, services: Services): void {
  const { now } = services
  const path = '/cities/:slug/departments/:department'
  const show = async (c: WebContext, values: FormValues | null, errors: FormErrors) => {
    const opened = await inTransaction(services, c, (db) => openDepartment(db, personOf(c), departmentKey(c)))
    const { name, memberIds } = opened.department
    return page(
      c,
      services,
      { title: name, status: statusOf(errors) },
      <DepartmentPage t={c.get('t')} {...opened} values={values ?? { name, members: memberIds }} errors={errors} />,
    )
  }
  pages.get(path, 'city.arrange', (c) => show(c, null, noErrors))
  pages.post(path, 'city.arrange', 'updateDepartment', (c) =>
    handleForm(c, {
      schema: departmentForm,
      run: async (input) => {
        await inTransaction(services, c, (db) => updateDepartment(db, personOf(c), { ...departmentKey(c), ...input }, now()))
        return `${listOf(c)}?done=updated`
      },
      again: (values, errors) => show(c, values, errors),
    }),
  )
  pages.get(`${path}/end`, 'city.arrange', (c) => showEnd(c, services, 'department', {}, noErrors))
  pages.post(`${path}/end`, 'city.arrange', 'endDepartment', (c) =>
    handleForm(c, {
      schema: endForm,
      run: async (input) => {
        await inTransaction(services, c, (db) => endDepartment(db, personOf(c), { ...departmentKey(c), ...input }, now()))
        return `${listOf(c)}?done=ended`
      },
      again: (values, errors) => showEnd(c, services, 'department', values, errors),
    }),
  )
}

async function openEnd(
  db: Db,
  c: WebContext,
  kind: 'department' | 'contact',
): Promise<{ city: City; workforce: Workforce; gone: Who; name: string; version: number }> {
  const { city, ...opened } =
    kind === 'department' ? await openDepartment(db, personOf(c), departmentKey(c)) : await openContact(db, personOf(c), contactKey(c))
  const { id, name, version } = 'department' in opened ? opened.department : opened.contact
  return { city, workforce: opened, gone: { kind, id }, name, version }
}

/** Each area once; questions by their words, with the page of the assignments. */
async function owedTexts(db: Db, c: WebContext, { instruments }: Services, owed: readonly WaveAssignment[]) {
  const texts = []
  for (const each of owed) {
    const instrument = await instruments.get(db, each.instrumentVersionId)
    const text = c.get('t')('departments.end.owedOne', { what: targetText(c.get('t'), instrument, each), wave: each.wave })
    texts.push({ text, href: `/assessments/${each.assessmentId}/assignments/${each.id}` })
  }
  return texts
}

async function showEnd(
  c: WebContext,
  services: Services,
  kind: 'department' | 'contact',
  values: FormValues,
  errors: FormErrors,
): Promise<Response> {
  const t = c.get('t')
  const { owed, ...opened } = await inTransaction(services, c, async (db) => {
    const found = await openEnd(db, c, kind)
    const left = await listOwed(db, found.city, found.gone, services.now())
    return { ...found, owed: await owedTexts(db, c, services, left) }
  })
  const title = t(kind === 'department' ? 'departments.end.title' : 'departments.contactEnd.title', { name: opened.name })
  return page(c, services, { title, status: statusOf(errors) }, <EndPage t={t} {...opened} owed={owed} values={values} errors={errors} />)
}

function registerContact(pages: Pages, services: Services): void {
  const { now } = services
  const path = '/cities/:slug/contacts/:contact'
  const show = async (c: WebContext, values: FormValues | null, errors: FormErrors) => {
    const opened = await inTransaction(services, c, (db) => openContact(db, personOf(c), contactKey(c)))
    const { name, post, email, departmentId } = opened.contact
    const stored = { name, post: post ?? '', email: email ?? '', departmentId: departmentId ?? '' }
    return page(
      c,
      services,
      { title: name, status: statusOf(errors) },
      <ContactPage t={c.get('t')} {...opened} values={values ?? stored} errors={errors} />,
    )
  }
  pages.get(path, 'city.arrange', (c) => show(c, null, noErrors))
  pages.post(path, 'city.arrange', 'updateContact', (c) =>
    handleForm(c, {
      schema: contactForm,
      run: async (input) => {
        await inTransaction(services, c, (db) => updateContact(db, personOf(c), { ...contactKey(c), ...input }, now()))
        return `${listOf(c)}?done=contact-updated`
      },
      again: (values, errors) => show(c, values, errors),
    }),
  )
  pages.get(`${path}/end`, 'city.arrange', (c) => showEnd(c, services, 'contact', {}, noErrors))
  pages.post(`${path}/end`, 'city.arrange', 'endContact', (c) =>
    handleForm(c, {
      schema: endForm,
      run: async (input) => {
        await inTransaction(services, c, (db) => endContact(db, personOf(c), { ...contactKey(c), ...input }, now()))
        return `${listOf(c)}?done=contact-ended`
      },
      again: (values, errors) => showEnd(c, services, 'contact', values, errors),
    }),
  )
}
