import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strToU8 } from 'fflate'
import { describe, expect, it } from 'vitest'
import { docx, openDocument, paragraph, xlsx, zipBomb } from '../../../test/evidence-files.ts'
import { simplePdf } from '../demo/simple-pdf.ts'
import { extractPages } from './extract.ts'
import { readInThread } from './extraction.ts'
import { mediaTypes } from './media-type.ts'

describe('reading the text of documents', () => {
  it('reads a PDF page by page, umlauts included', async () => {
    const pdf = simplePdf('Plan', [
      ['Integrationsplan', 'Seite eins.'],
      ['Maßnahmen', 'Die Stadt fördert', 'Sprachkurse für Zugewanderte.'],
    ])
    const pages = await extractPages(pdf, mediaTypes.pdf)
    expect(pages).toHaveLength(2)
    expect(pages[0]).toContain('Seite eins.')
    expect(pages[1]).toBe('Maßnahmen\nDie Stadt fördert\nSprachkurse für Zugewanderte.')
  })

  it('splits a Word document where Word last broke its pages', async () => {
    const rendered = '<w:p><w:r><w:lastRenderedPageBreak/><w:t>Second</w:t></w:r></w:p>'
    const broken = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    const document = docx(`${paragraph('First &amp; foremost')}${broken}${rendered}${paragraph('third &#228;')}`)
    expect(await extractPages(document, mediaTypes.docx)).toEqual(['First & foremost', 'Second\nthird ä'])
  })

  it('leaves out what Word repeats for older programs, and field codes', async () => {
    const twice =
      '<mc:AlternateContent><mc:Choice><w:t>box</w:t></mc:Choice><mc:Fallback><w:t>box</w:t></mc:Fallback></mc:AlternateContent>'
    const field = '<w:r><w:instrText>PAGE</w:instrText></w:r>'
    expect(await extractPages(docx(`<w:p>${twice}${field}</w:p>`), mediaTypes.docx)).toEqual(['box'])
  })

  it('reads an OpenDocument text with its soft page breaks', async () => {
    const body =
      '<text:h>Heading</text:h><text:p>One<text:s text:c="2"/>two<text:tab/>three</text:p><text:p><text:soft-page-break/>Next page</text:p>'
    expect(await extractPages(openDocument('text', body), mediaTypes.odt)).toEqual(['Heading\nOne two\tthree', 'Next page'])
  })

  it('reads each sheet of a table as a page, its name first', async () => {
    const table = xlsx({
      Schools: [
        ['Name', 'Children'],
        ['Primary', '312'],
      ],
      Courses: [['German A1']],
    })
    expect(await extractPages(table, mediaTypes.xlsx)).toEqual(['Schools\nName\tChildren\t\nPrimary\t312', 'Courses\nGerman A1'])
    const row = '<table:table-row><table:table-cell><text:p>A1</text:p></table:table-cell></table:table-row>'
    const open = openDocument('spreadsheet', `<table:table table:name="Sheet">${row}</table:table>`)
    expect(await extractPages(open, mediaTypes.ods)).toEqual(['Sheet\nA1'])
  })

  it('reads text in UTF-8 and in what Windows wrote before it', async () => {
    expect(await extractPages(strToU8('Bürgerbüro\fSeite 2'), mediaTypes.txt)).toEqual(['Bürgerbüro', 'Seite 2'])
    expect(await extractPages(Uint8Array.from([0x42, 0xfc, 0x72, 0x6f]), mediaTypes.csv)).toEqual(['Büro'])
  })

  it('finds no text in a picture', async () => {
    expect(await extractPages(new Uint8Array(9), mediaTypes.png)).toEqual([])
  })

  it('refuses to unpack more than the rules allow, whatever the archive says', async () => {
    await expect(extractPages(zipBomb(60), mediaTypes.docx)).rejects.toThrow()
  })
})

describe('reading in a thread', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-read-'))
  const write = (name: string, bytes: Uint8Array) => {
    const path = join(folder, name)
    writeFileSync(path, bytes)
    return path
  }

  it('gives the pages of a good document and null for a damaged one', async () => {
    expect(await readInThread(write('good.pdf', simplePdf('A', [['Title', 'words']])), mediaTypes.pdf)).toEqual(['Title\nwords'])
    expect(await readInThread(write('bad.pdf', strToU8('%PDF-1.7 nothing else')), mediaTypes.pdf)).toBeNull()
    expect(await readInThread(join(folder, 'missing.pdf'), mediaTypes.pdf)).toBeNull()
  })

  it('gives up when it takes too long', async () => {
    expect(await readInThread(write('slow.pdf', simplePdf('A', [['x']])), mediaTypes.pdf, 1)).toBeNull()
    rmSync(folder, { recursive: true })
  })
})
