import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { wrapText } from './chart-file.tsx'
import { distributionFile } from './distribution-file.tsx'
import { dotRowFile } from './dot-row-file.tsx'
import { fileColours } from './file-attributes.ts'
import { emblemFile } from './mosaic-file.tsx'
import { hues } from './tint.ts'

const words = {
  title: 'Language: 7 points below',
  subtitle: 'Score, 0–100',
  description: 'One area.',
  foot: ['Wave 2026', 'n = 142'],
  syntheticText: 'Invented data.',
  language: 'en',
}
const rows = [{ id: 'a', label: 'Language', own: 62, groupMedian: 69, valueText: '62', reading: 'Language: 62' }]
const files = [
  dotRowFile(words, { rows, keys: { own: 'Lindenburg' } }),
  distributionFile(words, { cities: [{ score: 40, reading: 'A: 40' }], own: { score: 62, text: 'Lindenburg 62' }, keys: {} }),
  emblemFile(words, [{ score: 62, hue: 3 }]),
]

it.each(files)('stands on its own: %.40s', (file) => {
  expect(file).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/)
  expect(file).toContain('<title id="title">Language: 7 points below</title>')
  expect(file).toMatch(/<desc id="description">.+<\/desc>/)
  expect(file).not.toMatch(/class=|style|var\(|data-/)
})

it('carries source, key and the mark of invented data', () => {
  for (const text of ['Invented data.', 'Wave 2026 · n = 142', 'Lindenburg']) expect(files[0]).toContain(`>${text}</text>`)
})

it('uses the light colours of the product', () => {
  const tokens = readFileSync(new URL('../../styles/tokens.css', import.meta.url), 'utf8')
  for (const [token, colour] of Object.entries(fileColours)) expect(tokens).toContain(`--${token}: light-dark(${colour},`)
  hues.forEach((hue, i) => expect(tokens).toContain(`--hue-${i + 1}: light-dark(${hue},`))
})

it('breaks lines between words, and a word only where it is longer than a line', () => {
  expect(wrapText('aaaa bbbb cccc', 10, 55)).toEqual(['aaaa bbbb', 'cccc']) // ten letters of 5.3 px
  expect(wrapText('abcdefghijklmno', 10, 55)).toEqual(['abcdefghi-', 'jklmno'])
})
