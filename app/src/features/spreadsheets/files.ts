import { formatDateTime, type Translator } from '../../text/text.ts'
import type { WebContext } from '../../web.ts'
import { roles } from '../../permissions.ts'
import { cityRoles } from '../accounts/membership.ts'
import { type City, slugOf } from '../cities/city.ts'
import type { CityFact } from '../cities/fact.ts'
import { type Instrument, textOf } from '../instrument/instrument.ts'
import type { Exported } from './exporting.ts'
import { factsCsv, factsXlsx } from './facts-file.ts'
import { peopleCsv, peopleXlsx } from './people-file.ts'
import type { StandingPerson } from './queries.ts'
import { questionnaireCsv, questionnaireXlsx, type SheetTitle } from './questionnaire-file.ts'
import type { SheetContent } from './questionnaire-rows.ts'

export const fileFormats = ['xlsx', 'csv'] as const
export type FileFormat = (typeof fileFormats)[number]

export const mediaTypes: Record<FileFormat, string> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
}

/** Endings and media types that the file field offers. */
export const acceptedFiles = `.xlsx,.csv,.txt,text/csv,${mediaTypes.xlsx}`

/** A file to be saved; never kept by anything on its way, because it holds answers. */
export function fileResponse(c: WebContext, format: FileFormat, name: string, content: Uint8Array<ArrayBuffer> | string): Response {
  return c.body(content, 200, {
    'Content-Type': mediaTypes[format],
    'Content-Disposition': `attachment; filename="${name}.${format}"`,
    'Cache-Control': 'no-store',
  })
}

const build = (t: Translator, format: FileFormat, content: SheetContent, title: SheetTitle) =>
  format === 'csv' ? questionnaireCsv(t, content, title) : questionnaireXlsx(t, content, title)

/** The questionnaire by itself. */
export async function blankFile(c: WebContext, format: FileFormat, instrument: Instrument, content: SheetContent): Promise<Response> {
  const t = c.get('t')
  const { title } = textOf(instrument, t.language).instrument
  const heading = t('spreadsheets.sheet.titleBlank', { title, version: instrument.version })
  return fileResponse(c, format, t('spreadsheets.file.blank'), await build(t, format, content, { title: heading, synthetic: null }))
}

/** The questionnaire of an assessment, or a part of it. */
export async function exportFile(c: WebContext, format: FileFormat, { assessment, content, part }: Exported, now: Date): Promise<Response> {
  const t = c.get('t')
  const text = textOf(content.whole, t.language)
  const { city, wave } = assessment
  const partName = part === null ? null : (text.dimensions[part]?.name ?? part)
  const values = { title: text.instrument.title, city: city.name, wave: wave.name, time: formatDateTime(t.language, now) }
  const title = partName === null ? t('spreadsheets.sheet.title', values) : t('spreadsheets.sheet.titlePart', { ...values, part: partName })
  const synthetic = city.isSynthetic ? t('spreadsheets.sheet.synthetic') : null
  const name = [
    ...(city.isSynthetic ? ['synthetic'] : []),
    t('spreadsheets.file.questionnaire'),
    city.slug,
    wave.slug,
    ...(partName === null ? [] : [slugOf(partName)]),
    ...(content.isEmpty ? [t('spreadsheets.file.empty')] : []),
  ].join('-')
  return fileResponse(c, format, name, await build(t, format, content, { title, synthetic }))
}

/** Figures of a city. */
export async function factsFile(c: WebContext, format: FileFormat, city: City, facts: readonly CityFact[]): Promise<Response> {
  const t = c.get('t')
  const synthetic = city.isSynthetic ? t('spreadsheets.sheet.synthetic') : null
  const name = [...(city.isSynthetic ? ['synthetic'] : []), t('spreadsheets.facts.file'), city.slug].join('-')
  return fileResponse(c, format, name, format === 'csv' ? factsCsv(t, facts, synthetic) : await factsXlsx(t, facts, synthetic))
}

/** People of a city or of the network. */
export async function peopleFile(
  c: WebContext,
  format: FileFormat,
  city: { slug: string } | null,
  people: readonly StandingPerson[],
): Promise<Response> {
  const t = c.get('t')
  const name = [t('spreadsheets.people.file'), ...(city === null ? [] : [city.slug])].join('-')
  const offered = city === null ? roles : cityRoles
  return fileResponse(c, format, name, format === 'csv' ? peopleCsv(t, people) : await peopleXlsx(t, people, offered))
}
