const maximumPages = 2_000

interface TextItem {
  str: string
  hasEOL: boolean
}

/** Text of each page of a PDF, in the order of its content. */
export async function extractPdf(bytes: Uint8Array): Promise<string[]> {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const task = getDocument({
    data: new Uint8Array(bytes), // the library takes the bytes over
    verbosity: 0,
    useWasm: false,
    useSystemFonts: false,
    disableFontFace: true,
    stopAtErrors: false,
  })
  try {
    const document = await task.promise
    const pages: string[] = []
    for (let number = 1; number <= Math.min(document.numPages, maximumPages); number++) {
      const page = await document.getPage(number)
      const { items } = await page.getTextContent()
      pages.push((items as TextItem[]).map(({ str, hasEOL }) => (hasEOL ? `${str}\n` : str)).join(''))
      page.cleanup()
    }
    return pages
  } finally {
    await task.destroy()
  }
}
