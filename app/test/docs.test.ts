import { globSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, posix, resolve } from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import * as engine from '@tessera/engine'
import { errorStatus, type ErrorCode } from '../src/errors.ts'
import { appFolder } from '../src/paths.ts'

// What the documents say is held against the files: paths, links, error codes, settings, dependencies, wording.

const root = resolve(appFolder, '..')
const isOurs = (path: string) => !/(^|\/)(node_modules|dist|data|coverage|\.git)(\/|$)/.test(path)
const listFiles = (pattern: string) =>
  globSync(pattern, { cwd: root, exclude: (path) => !isOurs(path) })
    .filter((path) => isOurs(path) && statSync(resolve(root, path)).isFile())
    .sort()
const read = (path: string) => readFileSync(resolve(root, path), 'utf8')
const readJson = (path: string) => JSON.parse(read(path)) as Record<string, never>

const allFiles = listFiles('{*,.*,.ci/*,{app,engine,instrument,docs,scripts,LICENSES}/**/*}')
const folders = new Set(allFiles.flatMap((file) => file.split('/').map((_, i, parts) => parts.slice(0, i).join('/'))))
const names = new Set(allFiles.map((file) => basename(file)))
const documents = allFiles.filter((file) => file.endsWith('.md'))

const withoutBlocks = (text: string) => text.replaceAll(/^(`{3,})[^\n]*\n[\s\S]*?^\1$/gm, '')

/** Anchors of a page as its readers link to them. */
const anchorsOf = (path: string) =>
  new Set(
    [...withoutBlocks(read(path)).matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
      title!
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )

const exists = (path: string): boolean => {
  const wanted = path.replace(/\/$/, '')
  if (!/[<*{]|NNNN/.test(wanted)) return allFiles.includes(wanted) || folders.has(wanted)
  const pattern = new RegExp(
    `^${wanted
      .replaceAll(/[.+()]/g, String.raw`\$&`)
      .replaceAll(/<[^>]+>|\*+|NNNN/g, '[^/]+')
      .replaceAll(/\{([^}]+)\}/g, (_, list: string) => `(${list.replaceAll(',', '|')})`)}$`,
  )
  return [...allFiles, ...folders].some((file) => pattern.test(file))
}

describe('the documents are true', () => {
  it.each(documents)('%s links to pages and headings that exist', (document) => {
    const links = [...withoutBlocks(read(document)).matchAll(/(?:\]\(|src=")([^)\s"]+)[)"]/g)]
      .map(([, target]) => target!)
      .filter((target) => !/^(https?|mailto):/.test(target))
    const broken = links.filter((target) => {
      const [path = '', anchor] = target.split('#')
      const file = path === '' ? document : posix.join(dirname(document), path)
      return !exists(file) || (anchor !== undefined && !anchorsOf(file).has(anchor))
    })
    expect(broken).toEqual([])
  })

  it.each(documents)('%s names files that exist', (document) => {
    const words = [...withoutBlocks(read(document)).matchAll(/`([^`\s]+)`/g)].map(([, word]) => word!)
    const bases = ['', dirname(document), 'app', 'app/src', 'engine', 'instrument']
    const isPath = (word: string) =>
      /^[\w.@<][\w.@<>*{},/-]*$/.test(word) &&
      word.includes('/') &&
      word !== './data' &&
      bases.some((base) => folders.has(posix.join(base, word.split('/')[0]!)) || word.startsWith('..'))
    const missing = words.filter((word) => isPath(word) && !bases.some((base) => exists(posix.join(base, word))))
    const unknown = words.filter((word) => /^[\w-]+(\.[\w-]+)*\.(tsx?|mjs|sql|py|R)$/.test(word) && !names.has(word))
    expect([...missing, ...unknown]).toEqual([])
  })

  it('keeps ARCHITECTURE.md short enough to be read', () => {
    expect(read('ARCHITECTURE.md').trimEnd().split('\n').length).toBeLessThanOrEqual(200)
  })

  it('names functions of the engine that exist', () => {
    const named = [...read('docs/method.md').matchAll(/`([a-z][A-Za-z]*)\(\)`/g)].map(([, name]) => name!)
    expect(named.length).toBeGreaterThan(30)
    expect(named.filter((name) => !(name in engine))).toEqual([])
  })

  it('explains every setting in the README and in both guides for operators', () => {
    const settings = new Set([...read('app/src/config.ts').matchAll(/env\.([A-Z_]+)/g)].map(([, name]) => name!))
    expect(settings.size).toBeGreaterThan(6)
    for (const page of ['README.md', 'docs/operating/operators.en.md', 'docs/operating/operators.de.md'])
      expect(
        [...settings].filter((name) => !read(page).includes(`\`${name}\``)),
        page,
      ).toEqual([])
  })

  it('gives every decision its number and its four parts', () => {
    const decisions = listFiles('docs/decisions/*.md').map((file) => basename(file))
    expect(decisions.map((name) => Number(name.slice(0, 4)))).toEqual(decisions.map((_, i) => i + 1))
    for (const name of decisions)
      expect(
        [...read(`docs/decisions/${name}`).matchAll(/^## (.+)$/gm)].map(([, title]) => title),
        name,
      ).toEqual(expect.arrayContaining(['Context', 'Decision', 'Consequences', 'What would change our mind']))
  })

  it('names every package that we depend on, with its reason, in decision 0010', () => {
    const wanted = ['package.json', 'app/package.json', 'engine/package.json', 'instrument/package.json']
      .map(readJson)
      .flatMap(({ dependencies = {}, optionalDependencies = {}, devDependencies = {} }) =>
        Object.keys({ ...(dependencies as object), ...(optionalDependencies as object), ...(devDependencies as object) }),
      )
      .filter((name) => !name.startsWith('@tessera/'))
    const listed = new Set([...read('docs/decisions/0010-dependencies.md').matchAll(/`(@?[\w./*-]+)`/g)].map(([, name]) => name!))
    const isListed = (name: string) =>
      listed.has(name) || [...listed].some((entry) => entry.endsWith('*') && name.startsWith(entry.slice(0, -1)))
    expect(wanted.filter((name) => !isListed(name))).toEqual([])
  })

  it('writes the version of the instrument into its change log', () => {
    const { version } = parse(read('instrument/instrument.yaml')) as { version: string }
    expect(read('instrument/CHANGELOG.md')).toContain(`## ${version}\n`)
    expect(readJson('instrument/package.json')).toMatchObject({ version })
  })

  it('mentions neither the place where it was written nor where packages come from', () => {
    const forbidden = new RegExp(
      [['..', 'shared'].join('/'), ['', 'work', 'main'].join('/'), String.raw`registry\.(npmjs|yarnpkg)`, ['localhost', '4873'].join(':')]
        .map((text) => text.replaceAll(/^\.\./g, String.raw`\.\.`))
        .join('|'),
    )
    const textual = allFiles.filter((file) => !/\.(png|woff2?|wasm|ico|docx|xlsx|pdf)$/.test(file))
    expect(textual.filter((file) => forbidden.test(read(file)))).toEqual([])
  })
})

const languages = ['de', 'en'] as const
const catalogue = (language: string) =>
  Object.fromEntries(listFiles(`app/src/text/${language}/*.json`).map((file) => [basename(file), readJson(file) as Record<string, string>]))

/** `or` of an ICU message, as a table can show it: the general case of each choice, names of values in italics. */
const plain = (text: string) =>
  text
    .replaceAll(/\{\w+, (?:select|plural),.*\bother \{((?:[^{}]|\{\w+\})*)\}\s*\}/g, '$1')
    .replaceAll(/\{(\w+)(?:, \w+)?\}/g, '*$1*')
    .replaceAll('|', String.raw`\|`)

/** docs/errors.md, made from the codes and their English texts. */
function errorPage(): string {
  const text = readJson('app/src/text/en/errors.json') as Record<string, string>
  const row = (code: ErrorCode) =>
    `| \`${code}\` | ${errorStatus[code]} | ${plain(text[`errors.${code}.title`] ?? '')}. ${plain(text[`errors.${code}.detail`] ?? '')} | ${plain(text[`errors.${code}.now`] ?? '')} |`
  return `# Errors

Every error that a person or a program can meet. The API answers with a problem document (RFC 9457, \`application/problem+json\`)
that carries the code in \`code\`, what happened in \`detail\`, what to do in \`now\` and the number of the request in \`requestId\`; pages and
the command line say the same in words. Words in *italics* stand for values. Codes are never used again for something else.
Statuses of 500 that name a setting, a database or a data folder are met at start, in the terminal.

This page is made from \`app/src/errors.ts\` and \`app/src/text/en/errors.json\`; \`app/test/docs.test.ts\` compares it. After a change, write it
anew with \`npx vitest run --project app test/docs.test.ts -u\`.

| code | status | what it means | what to do |
| --- | --- | --- | --- |
${(Object.keys(errorStatus) as ErrorCode[]).sort().map(row).join('\n')}
`
}

describe('every error is explained', () => {
  it('stands in docs/errors.md with status, meaning and what to do', async () => {
    await expect(errorPage()).toMatchFileSnapshot('../../docs/errors.md')
  })

  it.each(languages)('has its three texts in %s, and no text is left over', (language) => {
    const wanted = Object.keys(errorStatus).flatMap((code) => ['title', 'detail', 'now'].map((part) => `errors.${code}.${part}`))
    expect(Object.keys(catalogue(language)['errors.json']!).sort()).toEqual(wanted.sort())
  })
})

/** Names of the values that a message takes, at any depth; languages may use them in different ways (22nd, 22.). */
function placeholders(text: string, language: string): string[] {
  type Part = { type: number; value?: string; options?: Record<string, { value: Part[] }> }
  const collect = (parts: Part[]): string[] =>
    parts.flatMap((part) => [
      ...(part.type >= 1 && part.type <= 6 ? [part.value ?? ''] : []),
      ...Object.values(part.options ?? {}).flatMap((option) => collect(option.value)),
    ])
  return [...new Set(collect(new IntlMessageFormat(text, language, undefined, { ignoreTag: true }).getAst() as unknown as Part[]))].sort()
}

describe('the wording is complete in both languages', () => {
  const [de, en] = languages.map(catalogue) as [Record<string, Record<string, string>>, Record<string, Record<string, string>>]

  it('has the same files', () => {
    expect(Object.keys(de)).toEqual(Object.keys(en))
  })

  it.each(Object.keys(en))('%s has the same keys and placeholders, and no empty text', (file) => {
    expect(Object.keys(de[file]!).sort()).toEqual(Object.keys(en[file]!).sort())
    for (const [key, text] of Object.entries(en[file]!)) expect(placeholders(de[file]![key]!, 'de'), key).toEqual(placeholders(text, 'en'))
    expect(
      [...Object.entries(de[file]!), ...Object.entries(en[file]!)].filter(([, text]) => text.trim() === '').map(([key]) => key),
    ).toEqual([])
  })
})
