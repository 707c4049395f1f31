import { fieldOf, readForm } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import type { Services } from '../../../services.ts'
import type { Translator } from '../../../text/text.ts'
import { type Access, inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import type { CityName } from '../../accounts/membership-queries.ts'
import { roleText } from '../../accounts/mails.ts'
import { maximumFile } from '../../../waiting-files.ts'
import { fileFormats, peopleFile } from '../files.ts'
import { sendInvitations } from '../invitation-mails.ts'
import { exportPeople, forgetPeople, getPeoplePreview, getPlace, importPeople, type PlannedPerson, previewPeople } from '../people.ts'
import { tickedIn } from './fact-pages.tsx'
import { formOverhead } from './questionnaire-pages.tsx'
import { RecordsPage, type RecordsPageProps, type RecordsPlace } from './RecordsPage.tsx'
import { RecordsPreviewPage, type RecordsPreviewPageProps, type ShownRecord } from './RecordsPreviewPage.tsx'

/** People of the network, or of the city in the address. */
const places: readonly { path: string; access: Access }[] = [
  { path: '/network/people/spreadsheet', access: 'network-people.manage' },
  { path: '/cities/:slug/people/spreadsheet', access: 'city-people.invite' },
]

const slugOf = (c: WebContext): string | null => c.req.param('slug') ?? null

/** People with their roles as a file, and invitations from one. */
export function registerPeopleFilePages(pages: Pages, services: Services): void {
  for (const { path, access } of places) {
    pages.get(path, access, (c) => showPage(c, services))
    for (const format of fileFormats)
      pages.get(`${path}.${format}`, access, async (c) => {
        const { city, people } = await inTransaction(services, c, (db) => exportPeople(db, personOf(c), slugOf(c), services.now()))
        return peopleFile(c, format, city, people)
      })
    pages.post(path, access, 'previewPeople', (c) => upload(c, services), { maximumBody: maximumFile + formOverhead })
    pages.get(`${path}/files/:hash`, access, (c) => showPreview(c, services, { chosen: null, error: null, left: null }))
    pages.post(`${path}/files/:hash`, access, 'importPeople', (c) => confirm(c, services))
  }
}

const baseOf = (city: CityName | null): string => (city === null ? '/network/people' : `/cities/${city.slug}/people`)

function placeOf(t: Translator, city: CityName | null): RecordsPlace {
  const people = city === null ? t('accounts.people.network.title') : t('accounts.people.city.title', { city: city.name })
  return {
    address: `${baseOf(city)}/spreadsheet`,
    title: city === null ? t('spreadsheets.people.titleNetwork') : t('spreadsheets.people.titleCity', { city: city.name }),
    lead: t('spreadsheets.people.lead'),
    rules: [t('spreadsheets.people.rule'), ...(city === null ? [t('spreadsheets.people.ruleNetwork')] : [])],
    crumbs: [
      city === null ? { href: '/home', text: t('app.nav.home') } : { href: `/cities/${city.slug}`, text: city.name },
      { href: baseOf(city), text: people },
    ],
  }
}

function doneOf(c: WebContext): RecordsPageProps['done'] {
  const t = c.get('t')
  const [invited, unsent] = ['invited', 'unsent'].map((name) => Number(c.req.query(name) ?? 'none'))
  if (!Number.isSafeInteger(invited)) return null
  const text = Number.isSafeInteger(unsent) && unsent! > 0 ? t('spreadsheets.records.unsent', { count: unsent }) : null
  return { title: t('spreadsheets.records.invited', { count: invited }), text }
}

async function showPage(c: WebContext, services: Services, error?: string): Promise<Response> {
  const t = c.get('t')
  const city = await inTransaction(services, c, (db) => getPlace(db, personOf(c), slugOf(c)))
  const place = placeOf(t, city)
  const status = error === undefined ? 200 : 422
  return page(c, services, { title: place.title, status }, <RecordsPage t={t} place={place} error={error} done={doneOf(c)} />)
}

async function upload(c: WebContext, services: Services): Promise<Response> {
  const { file } = await c.req.parseBody()
  if (!(file instanceof File) || file.size === 0) return showPage(c, services, c.get('t')('spreadsheets.records.noFile'))
  const input = { slug: slugOf(c), fileName: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }
  const { city, hash } = await inTransaction(services, c, (db) => previewPeople(db, personOf(c), services.config, input, services.now()))
  return c.redirect(`${baseOf(city)}/spreadsheet/files/${hash}`, 303)
}

const shownOf = (t: Translator, planned: PlannedPerson): ShownRecord => {
  const { cells, request, city } = planned
  const label = request === null ? [cells.email, cells.role].filter((text) => text !== '').join(', ') : request.email
  return { ...planned, label, lines: request === null ? [] : [roleText(t, request.role, city)], version: 0 }
}

type Shown = Pick<RecordsPreviewPageProps, 'chosen' | 'error' | 'left'>

async function showPreview(c: WebContext, services: Services, shown: Shown, status: 200 | 422 = 200): Promise<Response> {
  const t = c.get('t')
  const file = { slug: slugOf(c), hash: c.req.param('hash')! }
  const preview = await inTransaction(services, c, (db) => getPeoplePreview(db, personOf(c), services.config, file, services.now()))
  const { city, planned, fileName } = preview
  const props = { ...preview, ...shown, t, place: placeOf(t, city), records: planned.map((each) => shownOf(t, each)) }
  const title = t('spreadsheets.records.preview', { file: fileName })
  return page(c, services, { title, status }, <RecordsPreviewPage {...props} confirm={t('spreadsheets.records.invite')} />)
}

/** Invites, and sends the mails afterwards: only then do the invitations exist. */
async function confirm(c: WebContext, services: Services): Promise<Response> {
  const t = c.get('t')
  const values = await readForm(c)
  const chosen = tickedIn(values)
  if (chosen.length === 0) {
    const error = { title: t('spreadsheets.preview.noneTitle'), text: t('spreadsheets.preview.none') }
    return showPreview(c, services, { chosen: new Set(), error, left: null }, 422)
  }
  const input = { slug: slugOf(c), hash: c.req.param('hash')!, chosen, key: fieldOf(values, '_key') }
  const { city, made } = await inTransaction(services, c, async (db) => ({
    city: await getPlace(db, personOf(c), input.slug),
    made: await importPeople(db, personOf(c), services.config, input, services.now()),
  }))
  const sent = await sendInvitations(c, services, made)
  await forgetPeople(services.config, personOf(c), city, input.hash)
  const unsent = sent.filter(({ wasMailed }) => !wasMailed).length
  return c.redirect(`${baseOf(city)}/spreadsheet?invited=${made.length}&unsent=${unsent}`, 303)
}
