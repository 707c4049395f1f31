/* oxlint-disable jsx-a11y/prefer-tag-over-role -- an inline drawing cannot be an img element */
import type { ComponentChildren } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { type ChartKeyTexts, keyEntries, keySigns } from './ChartKey.tsx'
import { fileColours, fileFont, withAttributes } from './file-attributes.ts'

/** The words around the drawing. */
export interface ChartFileTexts {
  /** The finding. */
  title: string
  /** The measure. */
  subtitle: string
  /** The chart in words, for whoever does not see it. */
  description: string
  /** Source, wave, n, instrument version. */
  foot: readonly string[]
  syntheticText?: string
  /** BCP 47. */
  language: string
}

/** The drawing itself: a part of the file from `top` downwards. */
export interface ChartFilePlot {
  height: number
  keys: ChartKeyTexts
  content: ComponentChildren
}

/** Width of every drawing file, in pixels. */
export const fileWidth = 880

/** Space around the drawing. */
export const fileMargin = 32

const innerWidth = fileWidth - 2 * fileMargin

/**
 * Breaks a text into lines by an estimate of the width of its letters; a word longer than a line is cut with a hyphen.
 * @param size      of the letters, in pixels
 * @param lineWidth in pixels
 */
export function wrapText(text: string, size: number, lineWidth: number): string[] {
  const most = Math.max(2, Math.floor(lineWidth / (size * 0.53)))
  const lines: string[] = []
  const cut = new RegExp(`.{${most - 1}}(?=..)`, 'gu')
  const words = text.split(/\s+/).flatMap((word) => (word.length > most ? word.replace(cut, '$&- ').split(' ') : [word]))
  for (const word of words) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

/** Lines of text and the heights at which the parts of a file begin. */
function layOut(texts: ChartFileTexts, plotHeight: number, keyHeight: number) {
  const titleLines = wrapText(texts.title, 21, innerWidth)
  const subtitleLines = wrapText(texts.subtitle, 14, innerWidth)
  const syntheticLines = texts.syntheticText === undefined ? [] : [texts.syntheticText]
  const footLines = wrapText(texts.foot.join(' · '), 14, innerWidth)
  const subtitleTop = 24 + titleLines.length * 26
  const keyTop = subtitleTop + subtitleLines.length * 20 + 16
  const plotTop = keyTop + keyHeight + 16
  const ruleTop = plotTop + plotHeight + 24
  const footTop = ruleTop + 6 + syntheticLines.length * 20
  const height = footTop + footLines.length * 20 + 26
  return { titleLines, subtitleLines, syntheticLines, footLines, subtitleTop, keyTop, plotTop, ruleTop, footTop, height }
}

/** A whole SVG file: title, measure, key, drawing, source. Needs no style sheet, no font file and no network. */
export function chartFile(texts: ChartFileTexts, plot: ChartFilePlot): string {
  const key = placeKey(plot.keys, innerWidth)
  const place = layOut(texts, plot.height, key.height)
  const description = [texts.subtitle, texts.description, texts.syntheticText, texts.foot.join(' · ')].filter(Boolean).join(' ')
  return plainFile(
    { ...texts, description },
    fileWidth,
    place.height,
    <g font-family={fileFont}>
      <rect width={fileWidth} height={place.height} fill={fileColours.paper} />
      <Lines className="file-title" lines={place.titleLines} top={24} step={26} />
      <Lines className="file-subtitle" lines={place.subtitleLines} top={place.subtitleTop} step={20} />
      <svg x={fileMargin} y={place.keyTop} overflow="visible">
        {key.content}
      </svg>
      <svg x={fileMargin} y={place.plotTop} width={innerWidth} height={plot.height} overflow="visible">
        {plot.content}
      </svg>
      <line class="file-rule" x1={fileMargin} x2={fileWidth - fileMargin} y1={place.ruleTop} y2={place.ruleTop} />
      <Lines className="file-synthetic" lines={place.syntheticLines} top={place.ruleTop + 6} step={20} />
      <Lines className="file-foot" lines={place.footLines} top={place.footTop} step={20} />
    </g>,
  )
}

/** A file with a drawing that carries its own colours and no words around it, such as an emblem. */
export function plainFile(
  texts: Pick<ChartFileTexts, 'title' | 'description' | 'language'>,
  width: number,
  height: number,
  content: ComponentChildren,
): string {
  const drawing = (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      lang={texts.language}
      aria-labelledby="title description"
    >
      <title id="title">{texts.title}</title>
      <desc id="description">{texts.description}</desc>
      {content}
    </svg>
  )
  return withAttributes(renderToString(drawing))
}

function Lines({ className, lines, top, step }: { className: string; lines: readonly string[]; top: number; step: number }) {
  return (
    <>
      {lines.map((line, i) => (
        <text class={className} key={line} x={fileMargin} y={top + (i + 0.8) * step}>
          {line}
        </text>
      ))}
    </>
  )
}

function placeKey(keys: ChartKeyTexts, width: number): { height: number; content: ComponentChildren } {
  let x = 0
  let y = 0
  const content = keyEntries(keys).map(({ role, text }) => {
    const entryWidth = 32 + text.length * 7.4 + 24
    if (x > 0 && x + entryWidth > width) {
      x = 0
      y += 24
    }
    const entry = (
      <svg key={role} x={x} y={y} overflow="visible">
        {keySigns[role]}
        <text class="file-key" x="32" y="13">
          {text}
        </text>
      </svg>
    )
    x += entryWidth
    return entry
  })
  return { height: content.length === 0 ? 0 : y + 20, content }
}
