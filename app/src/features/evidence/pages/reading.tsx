import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { AppError } from '../../../errors.ts'
import { page } from '../../../layout.tsx'
import type { Services } from '../../../services.ts'
import { textsUnder } from '../../../text/text.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import type { EvidenceFile } from '../evidence.ts'
import { isImage, isPdf } from '../media-type.ts'
import { getEvidence, readText } from '../usecases.ts'
import { storedFilePath } from '../storage.ts'
import { ReaderPage, readerView } from './ReaderPage.tsx'

const maximumQuote = 2_000 // characters

/** Name of a download in every letter (RFC 5987), and one without for older programs. */
export function attachment(name: string): string {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_')
  const whole = encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`
}

/** The bytes of a file: never shown as a page of this site, whatever they hold. */
export function serveFile(
  c: WebContext,
  { config }: Pick<Services, 'config'>,
  { name, size, mediaType, storedAs }: EvidenceFile,
): Response {
  const headers = {
    'Content-Type': mediaType,
    'Content-Length': String(size),
    'Content-Disposition': attachment(name),
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  }
  if (c.req.method === 'HEAD') return c.body(null, 200, headers)
  const bytes = Readable.toWeb(createReadStream(storedFilePath(config.dataDir, storedAs)))
  return c.body(bytes as unknown as ReadableStream, 200, headers)
}

async function download(c: WebContext, services: Services): Promise<Response> {
  const { evidence } = await inTransaction(services, c, (db) =>
    getEvidence(db, personOf(c), c.req.param('slug')!, c.req.param('evidenceId')!),
  )
  if (evidence.file === null) throw new AppError('EVIDENCE_NOT_FOUND')
  return serveFile(c, services, evidence.file)
}

async function read(c: WebContext, services: Services): Promise<Response> {
  const t = c.get('t')
  const opened = await inTransaction(services, c, (db) => readText(db, personOf(c), c.req.param('slug')!, c.req.param('evidenceId')!))
  const { file } = opened.evidence
  if (file === null) throw new AppError('EVIDENCE_NOT_FOUND')
  const asked = Number(c.req.query('page'))
  const quote = (c.req.query('quote') ?? '').slice(0, maximumQuote).trim()
  const view = readerView(opened, { page: Number.isInteger(asked) && asked >= 1 ? asked : null, quote: quote === '' ? null : quote })
  const isDrawn = isPdf(file.mediaType) || isImage(file.mediaType)
  return page(
    c,
    services,
    {
      title: opened.evidence.title,
      isWide: true,
      ...(isDrawn && { scripts: ['client/evidence-reader.ts'], islands: { 'reader-texts': textsUnder(t.language, 'evidence.reading.') } }),
    },
    <ReaderPage t={t} opened={opened} view={view} />,
  )
}

export function registerReaderPages(pages: Pages, services: Services, base: string): void {
  pages.get(`${base}/file`, 'evidence.read', (c) => download(c, services))
  pages.get(`${base}/read`, 'evidence.read', (c) => read(c, services))
}
