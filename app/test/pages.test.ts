import { describe, expect, it } from 'vitest'
import { createApp } from '../src/app.ts'
import { loadInstrument } from '../src/features/instrument/load.ts'
import { instrumentFolder } from '../src/paths.ts'
import { catalogues, type Language, languages } from '../src/text/catalogue.ts'
import { type Prepared, testDatabase } from './database.ts'
import { plantNetwork, type PlantedNetwork, type Viewer } from './planted-network.ts'
import { type Answered, nameOf, send, undone } from './route-calls.ts'
import { routeTable } from './route-table.ts'

// What holds for every page, whatever it shows: headers, language, no untranslated word, nothing inline.

const { rolledBack } = testDatabase()

interface SeenPage {
  name: string
  language: Language
  isSignedIn: boolean
  answer: Answered
}

/** Roles whose pages differ; others see the same as one of these. */
const differing: readonly Viewer[] = ['stranger', 'coordinator', 'approver', 'network', 'reviewer']

async function everyPage(prepared: Prepared, planted: PlantedNetwork): Promise<SeenPage[]> {
  const seen: SeenPage[] = []
  for (const language of languages)
    for (const route of prepared.app.pages.routes.filter(({ method }) => method === 'get')) {
      const expectation = routeTable[nameOf(route)]
      for (const viewer of differing.filter((each) => expectation?.who.includes(each))) {
        const answer = await send(prepared, { route, expectation: expectation!, viewer, planted }, { query: `lang=${language}` })
        seen.push({ name: `${nameOf(route)} as ${viewer} in ${language}`, language, isSignedIn: viewer !== 'stranger', answer })
      }
    }
  return seen
}

/** Errors, refused forms and the page that compares two versions. */
async function everyRefusal(prepared: Prepared, planted: PlantedNetwork): Promise<SeenPage[]> {
  const seen: SeenPage[] = []
  const area = `/assessments/${planted.assessmentA}`
  const refusals: [Viewer, string, string | undefined, number][] = [
    ['stranger', '/no-such-page', undefined, 404],
    ['stranger', '/invitations/no-such-link', undefined, 404],
    ['stranger', '/reset-password?token=gone', undefined, 410],
    ['coordinator', '/network/waves', undefined, 403],
    ['coordinatorB', area, undefined, 404],
    ['stranger', area, 'choice=x', 404],
    ['stranger', '/sign-in', 'email=x&password=', 422],
    ['coordinator', '/account', 'name=&language=xx', 422],
    ['coordinator', '/cities/city-a/facts', 'fact=&value=&year=', 422],
    ['network', '/network/waves/new', 'name=&opensOn=x', 422],
    ['network', '/network/cities/new', 'name=', 422],
    ['network', '/network/waves/closed-wave/extend', 'version=1&closesOn=x&closesTime=y', 422],
    ['coordinator', `${area}/answers/${planted.question}`, 'version=1&explanation=another', 412],
  ]
  for (const language of languages)
    for (const [viewer, path, body, status] of refusals) {
      const headers = {
        ...(viewer !== 'stranger' && { cookie: planted.people[viewer].cookie }),
        ...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
      }
      const response = await undone(prepared, () =>
        Promise.resolve(
          prepared.app.request(`${path}${path.includes('?') ? '&' : '?'}lang=${language}`, {
            method: body === undefined ? 'GET' : 'POST',
            body,
            headers,
          }),
        ),
      )
      expect(response.status, path).toBe(status)
      seen.push({
        name: `${path} as ${viewer} in ${language}`,
        language,
        isSignedIn: viewer !== 'stranger',
        answer: { status, location: '', headers: response.headers, text: await response.text(), all: '' },
      })
    }
  return seen
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
const plain = (html: string): string =>
  html
    .replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name]!)
    .replaceAll(/\s+/g, ' ')
    .trim()

const voidTags = new Set(['meta', 'link', 'input', 'br', 'hr', 'img', 'path', 'circle', 'rect', 'line', 'source', 'wbr', 'col'])

/** Markup without scripts' data and without parts that say that they are in another language. */
function ownMarkup(html: string, language: Language): string {
  const open: { tag: string; isForeign: boolean }[] = []
  const kept: string[] = []
  for (const [piece, slash, tag, attributes] of html
    .replaceAll(/<script[\s\S]*?<\/script>/g, '')
    .matchAll(/<(\/?)([\w-]+)([^>]*)>|[^<]+|<![^>]*>/g)) {
    const isInForeign = open.at(-1)?.isForeign ?? false
    if (tag === undefined || voidTags.has(tag) || attributes!.endsWith('/')) {
      if (!isInForeign) kept.push(piece)
    } else if (slash === '/') {
      if (!isInForeign) kept.push(piece)
      open.pop()
    } else {
      const said = /\slang="([^"]*)"/.exec(attributes!)?.[1]
      const isForeign = said === undefined ? isInForeign : said !== language
      open.push({ tag, isForeign })
      if (!isForeign) kept.push(piece)
    }
  }
  return kept.join('')
}

const shownAttributes = /\s(?:aria-label|title|alt|placeholder|data-confirm)="([^"]*)"/g

/** Texts between tags and in the attributes that people hear or see. */
const textsOf = (html: string): string[] =>
  [...html.split(/<[^>]*>/), ...[...html.matchAll(shownAttributes)].map(([, text]) => text!)].map(plain).filter((text) => text !== '')

/** Sentences of one language's catalogue and questionnaire that the other language does not have. */
function sentencesOnlyIn(language: Language, other: Language): string[] {
  const { texts } = loadInstrument(instrumentFolder)
  const all = (of: Language): string[] => [...Object.values(catalogues[of]), ...leaves(texts[of])]
  const others = all(other).join('\n')
  const pieces = all(language)
    .flatMap((text) => (/\{[^}]*\{/.test(text) ? [] : text.split(/\{[^}]*\}/)))
    .map((piece) => plain(piece.replaceAll("''", "'")))
  return [...new Set(pieces)].filter((piece) => piece.length > 25 && !others.includes(piece))
}

const leaves = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : []

const isHtml = ({ answer }: SeenPage): boolean => (answer.headers.get('content-type') ?? '').startsWith('text/html')
const untranslated = new RegExp(
  `\\b(${[...new Set(Object.keys(catalogues.en).map((key) => key.split('.')[0]))].join('|')})\\.[a-z][A-Za-z-]*\\.\\w+`,
)

const policyParts = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
]

function headerProblems({ name, answer, isSignedIn }: SeenPage): string[] {
  const { headers } = answer
  const sent = headers.get('content-security-policy') ?? ''
  // one page computes with WebAssembly; JavaScript from text stays forbidden there too
  const policy = name.startsWith('GET /method/weights ') ? sent.replace(" 'wasm-unsafe-eval'", '') : sent
  return [
    ...policyParts.filter((part) => !policy.split('; ').includes(part)).map((part) => `policy lacks ${part}`),
    ...(/unsafe-inline|unsafe-eval/.test(policy) ? ['policy allows what is unsafe'] : []),
    ...['referrer-policy', 'cross-origin-opener-policy', 'permissions-policy']
      .filter((name) => !headers.has(name))
      .map((name) => `no ${name}`),
    ...(headers.get('x-content-type-options') === 'nosniff' ? [] : ['no nosniff']),
    ...(isSignedIn && !(headers.get('cache-control') ?? '').includes('no-store') ? ['may be stored'] : []),
    ...(headers.has('x-powered-by') || headers.has('server') ? ['names its software'] : []),
  ]
}

function markupProblems({ answer: { text }, language }: SeenPage): string[] {
  const markup = ownMarkup(text, language)
  return [
    ...(text.includes(`<html lang="${language}">`) ? [] : ['wrong lang']),
    ...((markup.match(/<h1[ >]/g) ?? []).length === 1 ? [] : ['not one h1']),
    ...(/<title>[^<]{3,}<\/title>/.test(text) ? [] : ['no title']),
    ...(/<[^>]+\s(?:style|on[a-z]+)="/.test(markup) ? ['inline style or script'] : []),
    ...[...text.matchAll(/<script(?![^>]*\ssrc=)([^>]*)>/g)]
      .filter(([, attributes]) => !attributes!.includes('application/json'))
      .map(() => 'inline script'),
    ...textsOf(markup)
      .filter((each) => untranslated.test(each) || /undefined|\[object Object\]|NaN/.test(each))
      .map((each) => `shows ${each.slice(0, 80)}`),
  ]
}

describe('every page, in both languages', () => {
  it('carries the security headers, one language and one heading, and nothing inline or untranslated', { timeout: 300_000 }, () =>
    rolledBack(async (prepared) => {
      const planted = await plantNetwork(prepared)
      const seen = [...(await everyPage(prepared, planted)), ...(await everyRefusal(prepared, planted))]
      const pages = seen.filter((page) => isHtml(page) && page.answer.status !== 303)
      expect(pages.length).toBeGreaterThan(150)
      const problems = pages.flatMap((page) =>
        [...headerProblems(page), ...markupProblems(page)].map((problem) => `${page.name}: ${problem}`),
      )
      expect(problems).toEqual([])
      const unsafe = seen
        .filter(
          (page) => page.answer.headers.get('x-content-type-options') !== 'nosniff' || !page.answer.headers.has('content-security-policy'),
        )
        .map(({ name }) => name)
      expect(unsafe).toEqual([])
      expect(findForeign(pages)).toEqual([])
    }),
  )

  it('asks browsers to come back over https alone once it is reached that way', () =>
    rolledBack(async ({ services }) => {
      const app = createApp({ ...services, config: { ...services.config, publicUrl: 'https://tessera.example' } })
      const response = await app.request('/sign-in')
      expect(response.headers.get('strict-transport-security')).toMatch(/max-age=(3153600\d|[4-9]\d{7}|\d{9,}); includeSubDomains/)
    }))

  it("is drawn in the reader's language also while the database is away, and for a request that is refused at once", () =>
    rolledBack(async (prepared) => {
      const { services } = prepared
      const planted = await plantNetwork(prepared)
      const refuse = () => Promise.reject(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }))
      const away = { transaction: refuse, execute: refuse }
      const app = createApp({ ...services, db: away as unknown as typeof services.db })
      const headers = {
        cookie: `${planted.people.coordinator.cookie}; tessera-language=de`,
        'content-type': 'application/x-www-form-urlencoded',
      }
      const answers = [
        await app.request('/account', { headers }),
        await app.request('/sign-in', { method: 'POST', headers, body: `email=${'x'.repeat(2 * 1024 * 1024)}` }),
      ]
      expect(answers.map(({ status }) => status)).toEqual([503, 413])
      expect(answers[0]!.headers.get('retry-after')).toBe('5')
      for (const answer of answers)
        expect(
          markupProblems({ name: '', language: 'de', isSignedIn: false, answer: { ...emptyAnswer, text: await answer.text() } }),
        ).toEqual([])
    }))

  it('gives back what was typed into a form that could not be saved', () =>
    rolledBack(async (prepared) => {
      const planted = await plantNetwork(prepared)
      const typed = 'A long explanation <b>that</b> took an hour.'
      const response = await prepared.app.request(`/assessments/${planted.assessmentA}/answers/${planted.question}`, {
        method: 'POST',
        body: new URLSearchParams({ version: '3', explanation: typed }).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
      expect(response.status).toBe(401)
      expect(textsOf(ownMarkup(await response.text(), 'en'))).toContain(typed)
    }))
})

const emptyAnswer: Answered = { status: 0, location: '', headers: new Headers(), text: '', all: '' }

/** Pages with a sentence of the other language. Texts seen before are not looked at again. */
function findForeign(pages: readonly SeenPage[]): string[] {
  return languages.flatMap((language) => {
    const foreign = languages.filter((other) => other !== language).flatMap((other) => sentencesOnlyIn(other, language))
    const looked = new Set<string>()
    return pages
      .filter((page) => page.language === language)
      .flatMap((page) =>
        textsOf(ownMarkup(page.answer.text, language))
          .filter((text) => text.length > 25 && !looked.has(text) && looked.add(text))
          .flatMap((text) => {
            const found = foreign.find((sentence) => text.includes(sentence))
            return found === undefined ? [] : [`${page.name}: ${found}`]
          }),
      )
  })
}
