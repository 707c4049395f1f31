import { AppError } from './errors.ts'
import type { FormValues } from './forms.ts'

// multipart/form-data (RFC 7578), read as it arrives: files go to whoever takes them, piece by piece, and are never whole in memory.

const maximumFields = 200 * 1024 // bytes of all fields together
const maximumHead = 8 * 1024 // bytes of the lines before a part

export interface MultipartFile {
  field: string
  fileName: string
  /** What is not read is passed over. */
  bytes: AsyncIterable<Uint8Array>
}

const broken = () => new AppError('INPUT_INVALID', {}, { fields: [{ path: 'body', message: 'app.form.broken' }] })

/** The bytes of a request with a window that grows only as far as a boundary reaches. */
class Window {
  private held: Buffer = Buffer.alloc(0)
  private readonly source: AsyncIterator<Uint8Array>
  private readonly maximum: number
  private left: number

  /** @param maximum bytes of the whole body */
  constructor(source: AsyncIterator<Uint8Array>, maximum: number) {
    this.source = source
    this.maximum = maximum
    this.left = maximum
  }

  private async more(): Promise<boolean> {
    const next = await this.source.next()
    if (next.done) return false
    this.left -= next.value.length
    if (this.left < 0) throw new AppError('PAYLOAD_TOO_LARGE', { limit: `${Math.floor(this.maximum / (1024 * 1024))} MB` })
    this.held = Buffer.concat([this.held, next.value])
    return true
  }

  /** Everything before the mark, piece by piece; afterwards the mark is behind us. @throws when it never comes */
  async *until(mark: Buffer): AsyncGenerator<Uint8Array> {
    for (;;) {
      const at = this.held.indexOf(mark)
      if (at !== -1) {
        const piece = this.held.subarray(0, at)
        this.held = this.held.subarray(at + mark.length)
        if (piece.length > 0) yield piece
        return
      }
      const safe = this.held.length - mark.length + 1
      if (safe > 0) {
        const piece = this.held.subarray(0, safe)
        this.held = this.held.subarray(safe)
        yield piece
      }
      if (!(await this.more())) throw broken()
    }
  }

  /** The next bytes, as many. */
  async take(count: number): Promise<Buffer> {
    while (this.held.length < count) if (!(await this.more())) throw broken()
    const taken = this.held.subarray(0, count)
    this.held = this.held.subarray(count)
    return taken
  }
}

async function whole(pieces: AsyncIterable<Uint8Array>, maximum: number): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const piece of pieces) {
    size += piece.length
    if (size > maximum) throw new AppError('PAYLOAD_TOO_LARGE', { limit: `${Math.ceil(maximum / 1024)} KB` })
    parts.push(piece)
  }
  return Buffer.concat(parts)
}

/** Value of a parameter of a header; browsers write quotation marks and line ends in percent. */
function parameter(header: string, name: string): string | null {
  const value = new RegExp(`;\\s*${name}="([^"]*)"`, 'i').exec(header)?.[1]
  return value?.replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n') ?? null
}

const headerOf = (head: string, name: string): string => new RegExp(`^${name}:\\s*(.*)$`, 'im').exec(head)?.[1]?.trim() ?? ''

function boundaryOf(request: Request): string {
  const type = request.headers.get('content-type') ?? ''
  const found = /^multipart\/form-data;.*?boundary=(?:"([^"]{1,70})"|([^;\s]{1,70}))/i.exec(type)
  const boundary = found?.[1] ?? found?.[2]
  if (boundary === undefined || request.body === null) throw broken()
  return boundary
}

function addField(values: FormValues, name: string, text: string): void {
  const known = values[name]
  values[name] = known === undefined ? text : [known, text].flat()
}

/** The same pieces for somebody who may stop early: the rest is still there. */
const withoutEnd = (pieces: AsyncGenerator<Uint8Array>): AsyncIterable<Uint8Array> => ({
  [Symbol.asyncIterator]: () => ({ next: () => pieces.next() }),
})

/**
 * Reads a form to its end.
 * @param maximum bytes of the whole body
 * @param takeFile called for every file that was chosen, in order; an empty file field is left out
 * @throws {AppError} INPUT_INVALID when it is no whole form, PAYLOAD_TOO_LARGE when its fields are too large
 */
export async function readMultipart(
  request: Request,
  maximum: number,
  takeFile: (file: MultipartFile) => Promise<void>,
): Promise<FormValues> {
  const boundary = boundaryOf(request)
  const body = new Window((request.body as unknown as AsyncIterable<Uint8Array>)[Symbol.asyncIterator](), maximum)
  const mark = Buffer.from(`\r\n--${boundary}`)
  const values: FormValues = {}
  let left = maximumFields
  await whole(body.until(mark.subarray(2)), maximumHead) // what stands before the first part means nothing
  for (;;) {
    const end = (await body.take(2)).toString('latin1')
    if (end === '--') return values
    if (end !== '\r\n') throw broken()
    const head = (await whole(body.until(Buffer.from('\r\n\r\n')), maximumHead)).toString('utf8')
    const disposition = headerOf(head, 'content-disposition')
    const field = parameter(disposition, 'name')
    const fileName = parameter(disposition, 'filename')
    if (field === null) throw broken()
    const content = body.until(mark)
    if (fileName === null) {
      const text = await whole(content, left)
      left -= text.length
      addField(values, field, text.toString('utf8'))
    } else if (fileName === '') await whole(content, maximumHead)
    else {
      await takeFile({ field, fileName, bytes: withoutEnd(content) })
      for await (const _rest of content);
    }
  }
}
