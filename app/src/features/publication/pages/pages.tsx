import { OpenAPIHono } from '@hono/zod-openapi'
import type { Api } from '../../../api.ts'
import { renderPng } from '../../../chart-png.ts'
import { page } from '../../../layout.tsx'
import { mosaicFile } from '../../../ui/charts/mosaic-file.tsx'
import type { Services } from '../../../services.ts'
import type { Translator } from '../../../text/text.ts'
import type { Env, Pages } from '../../../web.ts'
import { networkTesserae } from '../network-mosaic.ts'
import { type ApiDocument, ApiPage } from './ApiPage.tsx'
import { LegalPage, legalPages } from './LegalPage.tsx'
import { StartPage } from './StartPage.tsx'

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#0b5c6b" d="M2 2h13v10H2z"/><path fill="#a87b34" d="M17 2h13v15H17z"/><path fill="#5f7fa6" d="M2 14h13v16H2z"/><path fill="#b36a58" d="M17 19h13v11H17z"/></svg>`

const openApiInformation = {
  openapi: '3.1.0',
  info: {
    title: 'Tessera',
    version: '1',
    description: 'Evaluate, compare and improve how cities integrate newcomers.',
    license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
  },
} as const

/** The description of the API, from the schemas that validate. */
export function openApiDocument(app: OpenAPIHono<Env>) {
  return app.getOpenAPI31Document({ ...openApiInformation, info: { ...openApiInformation.info } })
}

/** RFC 9116; the operator's address replaces the contact through PUBLIC_URL. */
function securityText(services: Services): string {
  const expires = new Date(services.now().getTime() + 180 * 24 * 3600 * 1000)
  const base = services.config.publicUrl ?? 'http://localhost'
  return `Contact: ${base}/imprint\nExpires: ${expires.toISOString()}\nPreferred-Languages: de, en\nPolicy: ${base}/imprint\n`
}

export function registerPublicationPages(pages: Pages, api: Api, services: Services): void {
  pages.get('/', 'public', async (c) => {
    const t = c.get('t')
    const tesserae = await networkTesserae(services)
    return page(
      c,
      services,
      { title: t('start.title'), scripts: ['client/charts.ts'], isWide: true },
      <StartPage t={t} isSignedIn={c.get('person') !== null} tesserae={tesserae} />,
    )
  })
  const mosaicSvg = async (t: Translator) => {
    const tesserae = await networkTesserae(services)
    const words = {
      title: t('start.mosaic.title'),
      description: t('start.mosaic.caption', { count: tesserae.length }),
      language: t.language,
    }
    return mosaicFile(words, tesserae)
  }
  pages.get('/mosaic.svg', 'public', async (c) =>
    c.body(await mosaicSvg(c.get('t')), 200, {
      'Content-Type': 'image/svg+xml',
      'Content-Disposition': 'attachment; filename="tessera-mosaic.svg"',
    }),
  )
  pages.get('/mosaic.png', 'public', async (c) =>
    c.body(await renderPng(await mosaicSvg(c.get('t'))), 200, {
      'Content-Type': 'image/png',
      'Content-Disposition': 'attachment; filename="tessera-mosaic.png"',
    }),
  )
  for (const name of legalPages)
    pages.get(`/${name}`, 'public', (c) =>
      page(c, services, { title: c.get('t')(`legal.${name}.title`) }, <LegalPage t={c.get('t')} name={name} />),
    )
  pages.get('/api', 'public', (c) => {
    const t = c.get('t')
    const publicUrl = services.config.publicUrl ?? new URL(c.req.url).origin
    return page(
      c,
      services,
      { title: t('api.title') },
      <ApiPage t={t} document={openApiDocument(api.app) as unknown as ApiDocument} publicUrl={publicUrl} />,
    )
  })
  pages.get('/api/v1/openapi.json', 'public', (c) => c.json(openApiDocument(api.app)))
  pages.get('/icon.svg', 'public', (c) => c.body(icon, 200, { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'public, max-age=86400' }))
  pages.get('/.well-known/security.txt', 'public', (c) => c.text(securityText(services)))
}
