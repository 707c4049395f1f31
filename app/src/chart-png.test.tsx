import { expect, it } from 'vitest'
import { renderPng } from './chart-png.ts'
import { dotRowFile } from './ui/charts/dot-row-file.tsx'

const words = { title: 'Language: 7 points below', subtitle: 'Score, 0–100', description: 'One area.', foot: ['n = 142'], language: 'en' }
const row = {
  id: 'a',
  label: 'Sprache und Mākoņpils',
  own: 62,
  bandLow: 30,
  bandHigh: 60,
  networkMedian: 45,
  groupMedian: 69,
  valueText: '62',
  reading: '',
}
const size = (png: Uint8Array) => {
  const view = new DataView(png.buffer, png.byteOffset)
  return [view.getUint32(16), view.getUint32(20)]
}

it('draws a chart file as a picture of twice its size', async () => {
  const svg = dotRowFile(words, { rows: [row], keys: { own: 'Lindenburg' } })
  const png = await renderPng(svg)
  expect(Array.from(png.slice(0, 8))).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg)!.map(Number)
  expect(size(png)).toEqual([2 * width!, 2 * height!])
})

it('draws the letters: the same chart without its words is another, smaller picture', async () => {
  const svg = dotRowFile(words, { rows: [row], keys: {} })
  const wordless = svg.replaceAll(/<text.*?<\/text>/g, '')
  expect((await renderPng(wordless)).length).toBeLessThan(0.6 * (await renderPng(svg)).length)
})

it('paints beside everything else: the server goes on meanwhile', async () => {
  const circles = Array.from({ length: 20_000 }, (_, i) => `<circle cx="${i % 900}" cy="${(i * 7) % 900}" r="9" fill="#0B5C6B"/>`)
  let turns = 0
  const turning = setInterval(() => turns++, 5)
  const png = await renderPng(`<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900">${circles.join('')}</svg>`)
  clearInterval(turning)
  expect(size(png)).toEqual([1800, 1800])
  expect(turns).toBeGreaterThan(10)
})

it('says what is wrong with a drawing, and paints the next one all the same', async () => {
  await expect(renderPng('no drawing')).rejects.toThrow()
  expect(size(await renderPng('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="4"/>'))).toEqual([16, 8])
})
