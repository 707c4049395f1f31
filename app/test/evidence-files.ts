import { deflateSync } from 'node:zlib'
import { strToU8, zipSync } from 'fflate'

// Small real documents, made where they are needed.

const wordSpace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const xml = (text: string) => strToU8(`<?xml version="1.0" encoding="UTF-8"?>${text}`)
const types = (part: string, type: string) =>
  xml(
    `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="${part}" ContentType="${type}"/></Types>`,
  )

/** A text document of Word. @param body what stands inside w:body */
export function docx(body: string): Uint8Array {
  return zipSync({
    '[Content_Types].xml': types('/word/document.xml', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'),
    'word/document.xml': xml(`<w:document ${wordSpace}><w:body>${body}</w:body></w:document>`),
  })
}

/** A paragraph of a text document of Word. */
export const paragraph = (text: string) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`

/** A table document of Excel with one sheet per name. */
export function xlsx(sheets: Readonly<Record<string, readonly (readonly string[])[]>>): Uint8Array {
  const names = Object.keys(sheets)
  const strings = Object.values(sheets).flat(2)
  const cell = (text: string) => `<c t="s"><v>${strings.indexOf(text)}</v></c>`
  const parts: Record<string, Uint8Array> = {
    '[Content_Types].xml': types('/xl/workbook.xml', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'),
    'xl/workbook.xml': xml(
      `<workbook xmlns:r="r"><sheets>${names.map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': xml(
      `<Relationships>${names.map((_, i) => `<Relationship Id="rId${i + 1}" Target="worksheets/sheet${i + 1}.xml"/>`).join('')}</Relationships>`,
    ),
    'xl/sharedStrings.xml': xml(`<sst>${strings.map((text) => `<si><t>${text}</t></si>`).join('')}</sst>`),
  }
  for (const [i, rows] of Object.values(sheets).entries())
    parts[`xl/worksheets/sheet${i + 1}.xml`] = xml(
      `<worksheet><sheetData>${rows.map((row) => `<row>${row.map(cell).join('')}</row>`).join('')}</sheetData></worksheet>`,
    )
  return zipSync(parts)
}

/** A document of OpenDocument. @param kind text or spreadsheet; @param body what stands inside of it */
export function openDocument(kind: 'text' | 'spreadsheet', body: string): Uint8Array {
  return zipSync({
    mimetype: [strToU8(`application/vnd.oasis.opendocument.${kind}`), { level: 0 }],
    'content.xml': xml(
      `<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b"><office:body><office:${kind}>${body}</office:${kind}></office:body></office:document-content>`,
    ),
  })
}

/** An office document that holds nothing but zeros, many of them. */
export function zipBomb(megabytes: number): Uint8Array {
  return zipSync({
    '[Content_Types].xml': types('/word/document.xml', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'),
    'word/document.xml': [new Uint8Array(megabytes * 1024 * 1024), { level: 9 }],
  })
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}

function chunk(type: string, content: Uint8Array): Uint8Array {
  const part = Buffer.alloc(content.length + 12)
  part.writeUInt32BE(content.length, 0)
  part.write(type, 4, 'latin1')
  part.set(content, 8)
  part.writeUInt32BE(crc32(part.subarray(4, content.length + 8)), content.length + 8)
  return part
}

/** A picture of one grey point, with a remark in it. */
export function png(remark: string | null = null): Uint8Array {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(1, 0)
  head.writeUInt32BE(1, 4)
  head.set([8, 0, 0, 0, 0], 8)
  const parts = [Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', head)]
  if (remark !== null) parts.push(chunk('tEXt', strToU8(`Comment\0${remark}`)))
  parts.push(chunk('IDAT', deflateSync(Buffer.from([0, 128]))), chunk('IEND', new Uint8Array(0)))
  return new Uint8Array(Buffer.concat(parts))
}

/** An EXIF block that says how the picture is turned and where it was taken. */
export function exif(orientation: number, place: string): Uint8Array {
  const tiff = [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0]
  return Uint8Array.from([...strToU8('Exif\0\0'), ...tiff, ...strToU8(place)])
}

const segment = (marker: number, content: Uint8Array): Uint8Array =>
  Uint8Array.from([0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255, ...content])

/** The frame of a JPEG: enough for whoever follows its segments, though no picture can be seen. */
export function jpeg(described: Uint8Array | null = null): Uint8Array {
  const parts = [Uint8Array.of(0xff, 0xd8), segment(0xe0, strToU8('JFIF\0\x01\x01\0\0\x01\0\x01\0\0'))]
  if (described !== null) parts.push(segment(0xe1, described))
  parts.push(segment(0xdb, new Uint8Array(65)), segment(0xc0, Uint8Array.of(8, 0, 1, 0, 1, 1, 1, 0x11, 0)))
  parts.push(
    segment(0xda, Uint8Array.of(1, 1, 0, 0, 63, 0)),
    Uint8Array.of(0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56),
    Uint8Array.of(0xff, 0xd9),
  )
  return new Uint8Array(Buffer.concat(parts))
}
