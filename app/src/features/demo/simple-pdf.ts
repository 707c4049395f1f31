// A PDF of plain lines, for the documents of the demonstration: written by hand, the same bytes every time.

/** Letters outside of ASCII as Windows-1252 codes; others become a question mark. */
const winAnsi: Record<string, number> = {
  '€': 0x80,
  '„': 0x84,
  '“': 0x93,
  '”': 0x94,
  '‘': 0x91,
  '’': 0x92,
  '–': 0x96,
  '—': 0x97,
  '…': 0x85,
}

function encoded(text: string): Buffer {
  return Buffer.from([...text].map((letter) => winAnsi[letter] ?? (letter.charCodeAt(0) < 256 ? letter.charCodeAt(0) : 63)))
}

const escaped = (line: string): string => line.replaceAll(/[\\()]/g, (sign) => `\\${sign}`)

/** One page: its first line large, the others below; a line holds about 80 letters. */
function contentOf(lines: readonly string[]): Buffer {
  const [heading = '', ...rest] = lines
  const commands = [
    'BT',
    '/F2 16 Tf 60 770 Td',
    `(${escaped(heading)}) Tj`,
    '/F1 11 Tf 0 -34 Td 17 TL',
    ...rest.map((line) => `(${escaped(line)}) Tj T*`),
    'ET',
  ]
  return encoded(commands.join('\n'))
}

const font = (name: string): string => `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`

/**
 * Writes a PDF 1.4 of A4 pages.
 * @param pages lines of each page; the first one is its heading
 */
export function simplePdf(title: string, pages: readonly (readonly string[])[]): Uint8Array {
  const kids = pages.map((_, i) => `${6 + 2 * i} 0 R`).join(' ')
  const objects: Buffer[] = [
    encoded('<< /Type /Catalog /Pages 2 0 R >>'),
    encoded(`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`),
    encoded(font('Helvetica')),
    encoded(font('Helvetica-Bold')),
    encoded(`<< /Title (${escaped(title)}) >>`),
  ]
  for (const [i, lines] of pages.entries()) {
    const content = contentOf(lines)
    const resources = '/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >>'
    objects.push(encoded(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ${resources} /Contents ${7 + 2 * i} 0 R >>`))
    objects.push(Buffer.concat([encoded(`<< /Length ${content.length} >>\nstream\n`), content, encoded('\nendstream')]))
  }
  return assemble(objects)
}

/** Numbers the objects and writes where each begins. */
function assemble(objects: readonly Buffer[]): Uint8Array {
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n%\xe2\xe3\xcf\xd3\n', 'latin1')]
  const offsets: number[] = []
  let length = parts[0]!.length
  const add = (part: Buffer) => {
    parts.push(part)
    length += part.length
  }
  for (const [i, object] of objects.entries()) {
    offsets.push(length)
    add(Buffer.concat([Buffer.from(`${i + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')]))
  }
  const start = length
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  add(Buffer.from(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`))
  add(Buffer.from(`trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 5 0 R >>\nstartxref\n${start}\n%%EOF\n`))
  return new Uint8Array(Buffer.concat(parts))
}
