import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy, type RenderTask, TextLayer } from 'pdfjs-dist'
// oxlint-disable-next-line import/default -- the address that the build gives the file
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url'
import { findQuotation } from '../features/evidence/quotation.ts'
import { fill } from '../text/fill.ts'

// Draws the page of a PDF, or a picture, in the place of its text, with the quotation marked. The bytes come from the address that
// serves files as attachments; nothing of them is ever run.

const texts = JSON.parse(document.getElementById('reader-texts')?.textContent ?? '{}') as Record<string, string>
const zooms = [0.6, 0.8, 1, 1.25, 1.5, 2, 3] as const

function element<K extends keyof HTMLElementTagNameMap>(tag: K, className: string): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  made.className = className
  return made
}

/** What is drawn: a page of a PDF, or a picture. */
interface Drawing {
  /** Width in CSS pixels at 100 %. */
  width: number
  draw: (canvas: HTMLCanvasElement, scale: number, pixels: number) => Promise<void>
  /** Puts text that can be selected over the drawing. */
  write?: (layer: HTMLElement, scale: number) => Promise<HTMLElement[]>
}

async function pageDrawing(pdf: PDFDocumentProxy, number: number): Promise<Drawing> {
  const page = await pdf.getPage(Math.min(number, pdf.numPages))
  let task: RenderTask | null = null
  return {
    width: page.getViewport({ scale: 1 }).width,
    draw: async (canvas, scale, pixels) => {
      task?.cancel()
      const viewport = page.getViewport({ scale: scale * pixels })
      canvas.width = Math.floor(viewport.width)
      canvas.height = Math.floor(viewport.height)
      task = page.render({ canvas, viewport })
      await task.promise
    },
    write: async (layer, scale) => {
      const viewport = page.getViewport({ scale })
      const text = new TextLayer({ textContentSource: await page.getTextContent(), container: layer, viewport })
      await text.render()
      return text.textDivs
    },
  }
}

async function pictureDrawing(bytes: ArrayBuffer): Promise<Drawing> {
  const picture = await createImageBitmap(new Blob([bytes]))
  return {
    width: picture.width,
    draw: (canvas, scale, pixels) => {
      canvas.width = Math.floor(picture.width * scale * pixels)
      canvas.height = Math.floor(picture.height * scale * pixels)
      canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
      return Promise.resolve()
    },
  }
}

/** Marks the quotation in the pieces of text that lie over the page. */
function mark(pieces: readonly HTMLElement[], quote: string): HTMLElement | null {
  const strings = pieces.map((piece) => piece.textContent ?? '')
  const ranges = findQuotation(strings.join('\n'), quote)
  let at = 0
  let first: HTMLElement | null = null
  for (const [i, piece] of pieces.entries()) {
    const text = strings[i]!
    const inside = ranges
      .map(({ from, to }) => [Math.max(0, from - at), Math.min(text.length, to - at)] as const)
      .filter(([from, to]) => from < to)
    at += text.length + 1
    if (inside.length === 0) continue
    const parts: (string | HTMLElement)[] = []
    let done = 0
    for (const [from, to] of inside) {
      const marked = element('mark', '')
      marked.textContent = text.slice(from, to)
      parts.push(text.slice(done, from), marked)
      first ??= marked
      done = to
    }
    piece.replaceChildren(...parts, text.slice(done))
  }
  return first
}

class Reader {
  private readonly place: HTMLElement
  private readonly drawing: Drawing
  private readonly canvas = element('canvas', 'reader-canvas')
  private readonly layer = element('div', 'reader-layer textLayer')
  private readonly sheet = element('div', 'reader-sheet')
  private zoom: number

  constructor(place: HTMLElement, drawing: Drawing, label: string) {
    this.place = place
    this.drawing = drawing
    const isNarrow = place.clientWidth < drawing.width * 0.7 && place.dataset['quote'] !== undefined
    this.zoom = zooms.indexOf(isNarrow ? 1.5 : 1) // on a phone the quotation should be readable at once
    this.layer.setAttribute('aria-hidden', 'true') // letters to select and to mark; for reading, the text stands below
    this.canvas.setAttribute('role', 'img')
    this.canvas.setAttribute('aria-label', label)
    const frame = element('div', 'reader-frame')
    frame.tabIndex = 0
    frame.setAttribute('role', 'region')
    frame.setAttribute('aria-label', label)
    this.sheet.append(this.canvas, this.layer)
    frame.append(this.sheet)
    place.replaceChildren(this.tools(), frame, this.textBelow())
    let width = place.clientWidth
    new ResizeObserver(() => {
      if (Math.abs(place.clientWidth - width) < 8) return
      width = place.clientWidth
      void this.draw()
    }).observe(place)
  }

  /** The text of the page stays for whoever reads it better. */
  private textBelow(): HTMLElement {
    const details = element('details', 'disclosure reader-text-below')
    const summary = element('summary', '')
    summary.textContent = texts['showText'] ?? ''
    const body = element('div', 'disclosure-body')
    body.append(...oldContent)
    details.append(summary, body)
    details.hidden = oldContent.every((node) => !(node instanceof HTMLElement) || node.className === 'reader-empty')
    return details
  }

  private tools(): HTMLElement {
    const bar = element('div', 'reader-tools')
    bar.setAttribute('role', 'group')
    bar.setAttribute('aria-label', texts['tools'] ?? '')
    for (const [name, step] of [
      ['smaller', -1],
      ['larger', 1],
    ] as const) {
      const button = element('button', 'button button-secondary')
      button.type = 'button'
      button.textContent = texts[name] ?? ''
      button.addEventListener('click', () => {
        this.zoom = Math.max(0, Math.min(zooms.length - 1, this.zoom + step))
        void this.draw()
      })
      bar.append(button)
    }
    return bar
  }

  /** @returns where the quotation begins, if it was found */
  async draw(): Promise<HTMLElement | null> {
    const room = this.place.clientWidth
    const scale = Math.min(room / this.drawing.width, 1.6) * zooms[this.zoom]!
    await this.drawing.draw(this.canvas, scale, Math.min(3, devicePixelRatio || 1))
    const width = this.drawing.width * scale
    this.canvas.style.width = `${width}px`
    this.canvas.style.height = `${(width * this.canvas.height) / this.canvas.width}px`
    if (this.drawing.write === undefined) return null
    this.layer.replaceChildren()
    this.layer.style.setProperty('--total-scale-factor', String(scale))
    const pieces = await this.drawing.write(this.layer, scale)
    const quote = this.place.dataset['quote']
    return quote === undefined ? null : mark(pieces, quote)
  }
}

/** At the desk only the pane of the document moves, so that the answer and the decision stay where they are. */
function bringIntoSight(marked: HTMLElement): void {
  const pane = marked.closest('.desk-pane')
  if (pane === null) {
    marked.scrollIntoView({ block: 'center', inline: 'start', behavior: 'instant' })
    return
  }
  const third = 1 / 3
  for (const scroller of [marked.closest('.reader-frame'), pane]) {
    if (scroller === null) continue
    const inside = scroller.getBoundingClientRect()
    const found = marked.getBoundingClientRect()
    const isSeen = found.top >= inside.top && found.bottom <= Math.min(inside.bottom, innerHeight)
    if (!isSeen) scroller.scrollTop += found.top - inside.top - scroller.clientHeight * third
    scroller.scrollLeft += Math.max(0, found.right - inside.right)
  }
}

const place = document.getElementById('reader')
const oldContent = [...(place?.childNodes ?? [])]

async function open(kind: string, number: number, bytes: ArrayBuffer): Promise<{ drawing: Drawing; pages: number }> {
  if (kind === 'image') return { drawing: await pictureDrawing(bytes), pages: 1 }
  GlobalWorkerOptions.workerSrc = workerUrl
  const pdf = await getDocument({ data: new Uint8Array(bytes), useWasm: false, verbosity: 0, enableXfa: false }).promise
  return { drawing: await pageDrawing(pdf, number), pages: pdf.numPages }
}

/** Arrow keys turn pages where nothing else wants them. */
function turnByKeys(): void {
  document.addEventListener('keydown', (event) => {
    const target = event.target
    const isTaken =
      target instanceof HTMLElement && (target.closest('input, textarea, select, .reader-frame') !== null || target.isContentEditable)
    if (isTaken || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    const rel = event.key === 'ArrowRight' ? 'next' : event.key === 'ArrowLeft' ? 'prev' : null
    const link = rel === null ? null : document.querySelector<HTMLAnchorElement>(`.reader-pages a[rel=${rel}]`)
    if (link !== null) location.assign(link.href)
  })
}

async function start(host: HTMLElement): Promise<void> {
  const { reader: kind, file, page } = host.dataset
  if (kind === undefined || file === undefined) return
  turnByKeys()
  const status = element('p', 'reader-status')
  status.setAttribute('role', 'status')
  status.textContent = texts['loading'] ?? ''
  host.before(status)
  try {
    const response = await fetch(file)
    if (!response.ok) throw new Error(String(response.status))
    const number = Number(page) || 1
    const { drawing, pages } = await open(kind, number, await response.arrayBuffer())
    const label = kind === 'image' ? (host.dataset['title'] ?? '') : fill(texts['pageLabel'], { page: number, pages })
    const marked = await new Reader(host, drawing, label).draw()
    status.remove()
    if (marked !== null) bringIntoSight(marked)
  } catch {
    host.replaceChildren(...oldContent)
    status.textContent = texts['failed'] ?? ''
  }
}

if (place !== null) void start(place)
