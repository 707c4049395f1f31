/** Types of files that are taken, by their extension. Pure and browser-safe. */
export const mediaTypes = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  png: 'image/png',
  jpg: 'image/jpeg',
  csv: 'text/csv',
  txt: 'text/plain',
} as const

export type Extension = keyof typeof mediaTypes
export type MediaType = (typeof mediaTypes)[Extension]

/** What people may be told: "PDF, DOCX, …". */
export const extensionsInWords = Object.keys(mediaTypes)
  .map((extension) => extension.toUpperCase())
  .join(', ')

/** For the attribute `accept` of a file field. */
export const acceptedFiles = [...Object.keys(mediaTypes), 'jpeg'].map((extension) => `.${extension}`).join(',')

/** The type that a file's name promises; null = none that is taken. */
export function mediaTypeOfName(name: string): MediaType | null {
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  const known = extension === 'jpeg' ? 'jpg' : extension
  return Object.hasOwn(mediaTypes, known) ? mediaTypes[known as Extension] : null
}

/** Types that are ZIP archives inside. */
export const isZipped = (mediaType: MediaType): boolean =>
  ([mediaTypes.docx, mediaTypes.xlsx, mediaTypes.odt, mediaTypes.ods] as MediaType[]).includes(mediaType)

export const isImage = (mediaType: MediaType): boolean => mediaType === mediaTypes.png || mediaType === mediaTypes.jpg

export const isPdf = (mediaType: MediaType): boolean => mediaType === mediaTypes.pdf

/** Short name of a type for people: PDF, DOCX, … */
export const typeName = (mediaType: MediaType): string =>
  (Object.entries(mediaTypes).find(([, type]) => type === mediaType)?.[0] ?? '').toUpperCase()
