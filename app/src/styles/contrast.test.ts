import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

type Theme = 'light' | 'dark'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')

/** The colour of a token in a theme, as #rrggbb; follows one var(--other). */
function colourOf(token: string, theme: Theme): string {
  const value = new RegExp(`--${token}:\\s*([^;]+);`).exec(css)?.[1] ?? ''
  const other = /^var\(--([\w-]+)\)$/.exec(value)?.[1]
  if (other !== undefined) return colourOf(other, theme)
  const pair = /^light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)$/.exec(value)
  const colour = pair?.[theme === 'light' ? 1 : 2]
  if (colour === undefined) throw new RangeError(`--${token} is not a pair of colours: ${value}`)
  return colour
}

/** Relative luminance, 0–1. @see WCAG 2.2, definition of relative luminance */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** Contrast ratio of two colours, 1–21. @see WCAG 2.2, definition of contrast ratio */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

const text: [string, string[]][] = [
  ['ink', ['paper', 'surface', 'raised', 'accent-tint', 'error-tint', 'network-band']],
  ['ink-soft', ['paper', 'surface', 'raised', 'accent-tint', 'network-band']],
  ['accent', ['paper', 'surface', 'raised', 'accent-tint']],
  ['accent-strong', ['paper', 'surface', 'raised', 'accent-tint']],
  ['on-accent', ['accent', 'accent-strong']],
  ['error', ['paper', 'surface', 'raised', 'error-tint']],
  ['on-error', ['error']],
]

const marks: [string, string[]][] = [
  ['field-border', ['paper', 'surface', 'raised']],
  ['focus', ['paper', 'surface', 'raised', 'accent-tint', 'error-tint']],
  ['own', ['paper', 'surface', 'network-band']],
  ['network', ['paper', 'surface', 'network-band']],
  ['peers', ['paper', 'surface', 'network-band']],
  ...[1, 2, 3, 4, 5].map((hue): [string, string[]] => [`hue-${hue}`, ['paper', 'surface']]),
]

describe.each<Theme>(['light', 'dark'])('contrast, %s', (theme) => {
  const pairs = (list: [string, string[]][]) => list.flatMap(([front, backs]) => backs.map((back) => [front, back] as const))

  it.each(pairs(text))('%s text on %s reaches 4.5:1', (front, back) => {
    expect(contrast(colourOf(front, theme), colourOf(back, theme))).toBeGreaterThanOrEqual(4.5)
  })

  it.each(pairs(marks))('%s mark on %s reaches 3:1', (front, back) => {
    expect(contrast(colourOf(front, theme), colourOf(back, theme))).toBeGreaterThanOrEqual(3)
  })
})

it('knows the extremes', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrast('#777777', '#777777')).toBe(1)
})
