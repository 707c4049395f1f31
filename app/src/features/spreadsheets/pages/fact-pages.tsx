import { fieldOf, type FormValues, readForm } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import { once } from '../../../once.ts'
import { explain, toAppError } from '../../../problems.tsx'
import type { Services } from '../../../services.ts'
import type { Translator } from '../../../text/text.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import type { City } from '../../cities/city.ts'
import { factText } from '../../cities/pages/fact-text.ts'
import { getEditableFacts } from '../../cities/usecases.ts'
import { maximumFile } from '../../../waiting-files.ts'
import { forgetFacts, getFactsPreview, importFacts, type PlannedFact, previewFacts } from '../facts.ts'
import { factsFile, fileFormats } from '../files.ts'
import { formOverhead } from './questionnaire-pages.tsx'
import { RecordsPage, type RecordsPageProps, type RecordsPlace } from './RecordsPage.tsx'
import { RecordsPreviewPage, type RecordsPreviewPageProps, type ShownRecord } from './RecordsPreviewPage.tsx'

const path = '/cities/:slug/facts/spreadsheet'
const slugOf = (c: WebContext): string => c.req.param('slug')!

/** Facts of a city as a file, out and back in. */
export function registerFactFilePages(pages: Pages, services: Services): void {
  pages.get(path, 'facts.edit', (c) => showPage(c, services))
  for (const format of fileFormats)
    pages.get(`${path}.${format}`, 'facts.edit', async (c) => {
      const { city, facts } = await inTransaction(services, c, (db) => getEditableFacts(db, personOf(c), slugOf(c)))
      return factsFile(c, format, city, facts)
    })
  pages.post(path, 'facts.edit', 'previewFacts', (c) => upload(c, services), { maximumBody: maximumFile + formOverhead })
  pages.get(`${path}/files/:hash`, 'facts.edit', (c) => {
    const left = Number(c.req.query('left') ?? '0')
    const text = Number.isSafeInteger(left) && left > 0 ? c.get('t')('spreadsheets.records.left', { count: left }) : null
    return showPreview(c, services, { chosen: null, error: null, left: text })
  })
  pages.post(`${path}/files/:hash`, 'facts.edit', 'importFacts', (c) => confirm(c, services))
}

const placeOf = (t: Translator, city: Pick<City, 'slug' | 'name'>): RecordsPlace => ({
  address: `/cities/${city.slug}/facts/spreadsheet`,
  title: t('spreadsheets.facts.title', { city: city.name }),
  lead: t('spreadsheets.facts.lead'),
  rules: [t('spreadsheets.facts.rule')],
  crumbs: [
    { href: `/cities/${city.slug}`, text: city.name },
    { href: `/cities/${city.slug}/facts`, text: t('cities.facts.title', { city: city.name }) },
  ],
})

function doneOf(c: WebContext): RecordsPageProps['done'] {
  const saved = Number(c.req.query('saved') ?? 'none')
  return Number.isSafeInteger(saved) ? { title: c.get('t')('spreadsheets.records.saved', { count: saved }), text: null } : null
}

async function showPage(c: WebContext, services: Services, error?: string): Promise<Response> {
  const t = c.get('t')
  const { city } = await inTransaction(services, c, (db) => getEditableFacts(db, personOf(c), slugOf(c)))
  const place = placeOf(t, city)
  const status = error === undefined ? 200 : 422
  return page(c, services, { title: place.title, status }, <RecordsPage t={t} place={place} error={error} done={doneOf(c)} />)
}

async function upload(c: WebContext, services: Services): Promise<Response> {
  const { file } = await c.req.parseBody()
  if (!(file instanceof File) || file.size === 0) return showPage(c, services, c.get('t')('spreadsheets.records.noFile'))
  const input = { slug: slugOf(c), fileName: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }
  const { city, hash } = await inTransaction(services, c, (db) => previewFacts(db, personOf(c), services.config, input, services.now()))
  return c.redirect(`/cities/${city.slug}/facts/spreadsheet/files/${hash}`, 303)
}

/** A row of the file in words. */
function shownOf(t: Translator, planned: PlannedFact): ShownRecord {
  const { input, current, cells } = planned
  const words = (fact: NonNullable<PlannedFact['input'] | PlannedFact['current']>) =>
    t('spreadsheets.records.fact', {
      value: factText(t, fact.fact, fact.value),
      quality: t(`cities.fact.quality.${fact.quality}`),
      source: fact.source,
    })
  const name = input === null ? cells.fact : t(`cities.fact.name.${input.fact}`)
  return {
    ...planned,
    label: t('spreadsheets.records.factLabel', { fact: name, year: cells.year }),
    lines: [
      ...(current === null ? [] : [t('spreadsheets.records.factNow', { text: words(current) })]),
      ...(input === null ? [] : [t('spreadsheets.records.factThen', { text: words(input) })]),
    ],
    version: current?.version ?? 0,
  }
}

type Shown = Pick<RecordsPreviewPageProps, 'chosen' | 'error' | 'left'>

async function showPreview(c: WebContext, services: Services, shown: Shown, status: 200 | 422 = 200): Promise<Response> {
  const t = c.get('t')
  const file = { slug: slugOf(c), hash: c.req.param('hash')! }
  const preview = await inTransaction(services, c, (db) => getFactsPreview(db, personOf(c), services.config, file, services.now()))
  const { city, planned, fileName } = preview
  const props = { ...preview, ...shown, t, place: placeOf(t, city), records: planned.map((each) => shownOf(t, each)) }
  const title = t('spreadsheets.records.preview', { file: fileName })
  return page(c, services, { title, status }, <RecordsPreviewPage {...props} confirm={t('spreadsheets.records.save')} />)
}

/** What was ticked. */
export const tickedIn = (values: FormValues): string[] => [...new Set(values['take'] === undefined ? [] : [values['take']].flat())]

async function confirm(c: WebContext, services: Services): Promise<Response> {
  const t = c.get('t')
  const values = await readForm(c)
  const keys = tickedIn(values)
  const again = (title: string, text: string) =>
    showPreview(c, services, { chosen: new Set(keys), error: { title, text }, left: null }, 422)
  if (keys.length === 0) return again(t('spreadsheets.preview.noneTitle'), t('spreadsheets.preview.none'))
  const chosen = keys.map((key) => ({ key, version: Number(fieldOf(values, `version-${key}`)) || 0 }))
  const input = { slug: slugOf(c), hash: c.req.param('hash')!, chosen }
  const request = { key: fieldOf(values, '_key'), operation: 'importFacts', body: input }
  const address = `/cities/${input.slug}/facts/spreadsheet`
  try {
    const { city, saved, changed } = await inTransaction(services, c, async (db) => ({
      ...(await getEditableFacts(db, personOf(c), input.slug)),
      ...(await once(db, personOf(c), request, () => importFacts(db, personOf(c), services.config, input, services.now()))),
    }))
    if (changed.length > 0) return c.redirect(`${address}/files/${input.hash}?left=${changed.length}`, 303)
    await forgetFacts(services.config, personOf(c), city, input.hash)
    return c.redirect(`${address}?saved=${saved.length}`, 303)
  } catch (thrown) {
    const error = toAppError(thrown)
    if (error.status >= 500 || error.status === 404) throw thrown
    const { title, detail, now } = explain(t, error)
    return again(title, `${detail} ${now}`)
  }
}
