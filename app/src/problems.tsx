import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { routeOf } from './answered-requests.ts'
import { AppError, type ErrorCode } from './errors.ts'
import { page } from './layout.tsx'
import { describeError } from './log.ts'
import type { Services } from './services.ts'
import { isTextKey, type TextKey } from './text/catalogue.ts'
import { formatDateTime, type TextValues, type Translator } from './text/text.ts'
import { ButtonLink } from './ui/ButtonLink.tsx'
import { PageHeading } from './ui/PageHeading.tsx'
import type { WebContext } from './web.ts'

const connectionErrors = new Set(['ECONNREFUSED', 'ENOENT', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03', '53300'])

/** Turns whatever was thrown into an error with a name; what nobody expected becomes INTERNAL. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  for (let cause = error as (Error & { code?: string }) | undefined; cause instanceof Error; cause = cause.cause as Error | undefined) {
    if (cause instanceof AppError) return cause
    if (cause.code === '53100' || cause.code === 'ENOSPC') return new AppError('DATABASE_FULL')
    if (cause.code === '22P02' || cause.code === '22021') return new AppError('NOT_FOUND') // a key in the address that is none, or a character that no text has
    if (
      connectionErrors.has(cause.code ?? '') ||
      /Connection terminated|is not queryable|timeout exceeded when trying to connect/.test(cause.message)
    )
      return new AppError('DATABASE_UNAVAILABLE')
  }
  return new AppError('INTERNAL')
}

/** Title, what happened and what to do now, in the reader's language. */
export function explain(t: Translator, error: AppError): { title: string; detail: string; now: string } {
  const values: TextValues = {}
  for (const [key, value] of Object.entries(error.values)) values[key] = value instanceof Date ? formatDateTime(t.language, value) : value
  const plain = { ...values } // a text among them can name the others
  for (const [key, value] of Object.entries(plain)) if (typeof value === 'string' && isTextKey(value)) values[key] = t(value, plain)
  const fields = error.members.fields as { path: string; message: string }[] | undefined
  if (fields) values.fields = fields.map(({ path, message }) => `${path}: ${messageText(t, message)}`).join('; ')
  const text = (part: string) => t(`errors.${error.code}.${part}` as TextKey, values)
  return { title: text('title'), detail: text('detail'), now: text('now') }
}

/** Messages of schemas are text keys; anything else is shown as it is. */
export const messageText = (t: Translator, message: string): string => (isTextKey(message) ? t(message) : message)

function translatedMembers(t: Translator, { members }: AppError): Record<string, unknown> {
  const fields = members.fields as { path: string; message: string }[] | undefined
  return fields ? { ...members, fields: fields.map(({ path, message }) => ({ path, message: messageText(t, message) })) } : members
}

/** Short explanation for a terminal. */
export function explainInOneLine(t: Translator, error: AppError): string {
  const { title, detail, now } = explain(t, error)
  return `${title}. ${detail} ${now}`
}

function log(c: WebContext, services: Services, thrown: unknown, code: ErrorCode): void {
  services.log('error', { requestId: c.get('requestId'), method: c.req.method, route: routeOf(c), code, ...describeError(thrown) })
}

const freeTexts = ['explanation', 'explanationBoth', 'reason', 'text', 'source', 'pasted', 'note', 'reportText', 'graceReason']

/** Free text of a refused form: it is shown on the page of the error, so that it can be taken along. */
async function typedTexts(c: WebContext, { code }: AppError): Promise<string[]> {
  if (c.req.method !== 'POST' || code === 'CSRF_REFUSED' || code === 'PAYLOAD_TOO_LARGE') return []
  const values = await c.req.parseBody({ all: true }).catch(() => ({}) as Record<string, unknown>)
  return freeTexts.flatMap((name) => values[name]).filter((text) => typeof text === 'string' && text.trim() !== '') as string[]
}

function TypedTexts({ t, texts }: { t: Translator; texts: readonly string[] }) {
  if (texts.length === 0) return null
  return (
    <section class="section" aria-labelledby="typed">
      <h2 id="typed">{t('app.error.typed')}</h2>
      <p>{t('app.error.typedText')}</p>
      {texts.map((text, i) => (
        <blockquote key={i} class="conflict-text">
          {text}
        </blockquote>
      ))}
    </section>
  )
}

/** Errors whose page is the step that is missing. */
const firstSteps: ReadonlyMap<ErrorCode, string> = new Map([
  ['SIGN_IN_REQUIRED', '/sign-in'],
  ['SECOND_FACTOR_REQUIRED', '/account/two-factor'],
])

/** Headers of the answer to an error. */
function headersOf({ status, code }: AppError): Record<string, string> {
  return {
    ...((status === 503 || status === 507) && { 'Retry-After': '5' }),
    // the rest of what is being sent is not read, so that nothing else can follow on this connection
    ...((status === 413 || status === 507 || code === 'UPLOAD_TOO_LONG') && { Connection: 'close' }),
  }
}

/** Answers an error: a problem document to the API, a page to people, never a stack, SQL or path. */
export async function answerError(c: WebContext, services: Services, thrown: unknown): Promise<Response> {
  const error = toAppError(thrown)
  if (error.code === 'INTERNAL') log(c, services, thrown, error.code)
  const t = c.get('t')
  const headers = headersOf(error)
  const status = error.status as ContentfulStatusCode
  const { title, detail, now } = explain(t, error)
  if (c.req.path.startsWith('/api/'))
    return c.body(
      JSON.stringify({
        type: `/errors#${error.code}`,
        title,
        status,
        code: error.code,
        detail,
        now,
        requestId: c.get('requestId'),
        ...translatedMembers(t, error),
      }),
      status,
      { ...headers, 'Content-Type': 'application/problem+json; charset=utf-8' },
    )
  const firstStep = firstSteps.get(error.code)
  if (firstStep !== undefined && c.req.method === 'GET') {
    const url = new URL(c.req.url)
    return c.redirect(`${firstStep}?next=${encodeURIComponent(url.pathname + url.search)}`, 303)
  }
  return page(
    c,
    services,
    { title, status, headers },
    <>
      <PageHeading title={title} lead={detail} />
      <p>{now}</p>
      <TypedTexts t={t} texts={await typedTexts(c, error)} />
      <p>
        <ButtonLink href={c.get('person') === null ? '/' : '/home'} kind="secondary">
          {t('app.error.back')}
        </ButtonLink>
      </p>
      {error.code === 'INTERNAL' && <p class="small">{t('app.error.request', { id: c.get('requestId') })}</p>}
    </>,
  )
}
