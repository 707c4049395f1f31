import { type FormErrors, type FormValues, handleForm, noErrors } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import { once } from '../../../once.ts'
import type { Services } from '../../../services.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import { importSchema, removalSchema } from '../schemas.ts'
import { templateCsv, templateXlsx } from '../template.ts'
import { maximumFile } from '../../../waiting-files.ts'
import {
  forgetUpload,
  getImport,
  getImports,
  getPreview,
  importEarlierResults,
  previewEarlierResults,
  removeEarlierImport,
} from '../usecases.ts'
import { EarlierPage, type EarlierPageProps } from './EarlierPage.tsx'
import { PreviewPage } from './PreviewPage.tsx'
import { RemovePage } from './RemovePage.tsx'

const path = '/network/earlier'
const formOverhead = 64 * 1024 // bytes around the file

export function registerNetworkPages(pages: Pages, services: Services): void {
  pages.get(path, 'cities.manage', (c) => showList(c, services))
  pages.get(`${path}/template.csv`, 'cities.manage', (c) =>
    c.body(templateCsv(c.get('t')), 200, fileHeaders('text/csv; charset=utf-8', 'earlier-results.csv')),
  )
  pages.get(`${path}/template.xlsx`, 'cities.manage', async (c) => {
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    return c.body(new Uint8Array(await templateXlsx(c.get('t'))), 200, fileHeaders(type, 'earlier-results.xlsx'))
  })
  pages.post(path, 'cities.manage', 'previewEarlierResults', (c) => upload(c, services), { maximumBody: maximumFile + formOverhead })
  pages.get(`${path}/files/:hash`, 'cities.manage', (c) => showPreview(c, services, noErrors))
  pages.post(`${path}/files/:hash`, 'cities.manage', 'importEarlierResults', (c) => confirm(c, services))
  pages.get(`${path}/imports/:id/remove`, 'cities.manage', (c) => showRemoval(c, services, {}, noErrors))
  pages.post(`${path}/imports/:id/remove`, 'cities.manage', 'removeEarlierImport', (c) => remove(c, services))
}

const fileHeaders = (type: string, name: string) => ({ 'Content-Type': type, 'Content-Disposition': `attachment; filename="${name}"` })

function doneOf(c: WebContext): EarlierPageProps['done'] {
  const figures = Number(c.req.query('figures'))
  if (c.req.query('done') === 'imported' && Number.isSafeInteger(figures) && figures > 0) return { kind: 'imported', figures }
  return c.req.query('done') === 'removed' ? { kind: 'removed' } : null
}

async function showList(c: WebContext, services: Services, error?: string): Promise<Response> {
  const t = c.get('t')
  const imports = await inTransaction(services, c, (db) => getImports(db, personOf(c)))
  const status = error === undefined ? 200 : 422
  return page(
    c,
    services,
    { title: t('earlier.network.title'), status },
    <EarlierPage t={t} imports={imports} done={doneOf(c)} error={error} />,
  )
}

/** Keeps the file and goes on to its preview. */
async function upload(c: WebContext, services: Services): Promise<Response> {
  const { file } = await c.req.parseBody()
  if (!(file instanceof File) || file.size === 0) return showList(c, services, c.get('t')('earlier.network.noFile'))
  const input = { fileName: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }
  const preview = await inTransaction(services, c, (db) => previewEarlierResults(db, personOf(c), services.config, input, services.now()))
  return c.redirect(`${path}/files/${preview.hash}`, 303)
}

async function showPreview(c: WebContext, services: Services, errors: FormErrors): Promise<Response> {
  const t = c.get('t')
  const hash = c.req.param('hash')!
  const preview = await inTransaction(services, c, (db) => getPreview(db, personOf(c), services.config, hash, services.now()))
  const status = errors === noErrors ? 200 : 422
  return page(
    c,
    services,
    { title: t('earlier.preview.title', { file: preview.fileName }), status, isWide: true },
    <PreviewPage t={t} preview={preview} errors={errors} />,
  )
}

function confirm(c: WebContext, services: Services): Promise<Response> {
  const file = c.req.param('hash')!
  return handleForm(c, {
    schema: importSchema.omit({ file: true }),
    run: async (_input, key) => {
      const request = { key, operation: 'importEarlierResults', body: { file } }
      const done = await inTransaction(services, c, (db) =>
        once(db, personOf(c), request, () => importEarlierResults(db, personOf(c), services.config, file, services.now())),
      )
      await forgetUpload(services.config, file)
      return `${path}?done=imported&figures=${done.figures}`
    },
    again: (_values, errors) => showPreview(c, services, errors),
  })
}

async function showRemoval(c: WebContext, services: Services, values: FormValues, errors: FormErrors): Promise<Response> {
  const t = c.get('t')
  const found = await inTransaction(services, c, (db) => getImport(db, personOf(c), c.req.param('id')!))
  return page(
    c,
    services,
    { title: t('earlier.remove.title', { file: found.fileName }), status: errors === noErrors ? 200 : 422 },
    <RemovePage t={t} found={found} values={values} errors={errors} />,
  )
}

function remove(c: WebContext, services: Services): Promise<Response> {
  return handleForm(c, {
    schema: removalSchema,
    run: async ({ reason }) => {
      await inTransaction(services, c, (db) => removeEarlierImport(db, personOf(c), c.req.param('id')!, reason, services.now()))
      return `${path}?done=removed`
    },
    again: (values, errors) => showRemoval(c, services, values, errors),
  })
}
