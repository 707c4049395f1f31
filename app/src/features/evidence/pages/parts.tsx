import { formatDate, formatNumber, type Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import type { City } from '../../cities/city.ts'
import { type Evidence, type EvidenceAuthor, type EvidenceFile, isUnopened, validityOf } from '../evidence.ts'
import { isImage, isPdf, typeName } from '../media-type.ts'

/** A day (YYYY-MM-DD) in words. */
export const dayText = (t: Translator, day: string): string => formatDate(t.language, new Date(`${day}T12:00:00`))

/** A size in words: 34 KB, 1.2 MB. */
export function sizeText(t: Translator, bytes: number): string {
  const kilobytes = Math.max(1, bytes / 1024)
  if (kilobytes < 1000) return t('evidence.size.kb', { size: formatNumber(t.language, kilobytes) })
  return t('evidence.size.mb', { size: formatNumber(t.language, kilobytes / 1024, 1) })
}

/** Until when something is valid, in words; an end that is past or near is said as such. */
export function validityText(t: Translator, validUntil: string | null, now: Date): string {
  if (validUntil === null) return t('evidence.validity.open')
  return t(`evidence.validity.${validityOf(validUntil, now)}`, { date: dayText(t, validUntil) })
}

/** Who added something, in words. */
export function authorText(t: Translator, author: EvidenceAuthor | null): string {
  if (author === null) return t('evidence.author.gone')
  return author.isGuest ? t('evidence.author.guest', { name: author.name }) : author.name
}

/** What an entry is: PDF, link. */
export const formatText = (t: Translator, { file }: Pick<Evidence, 'file'>): string =>
  file === null ? t('evidence.format.link') : typeName(file.mediaType)

/** Who may open an entry, in words. */
export function readersText(t: Translator, { isConfidential, releaseLevel }: Pick<Evidence, 'isConfidential' | 'releaseLevel'>): string {
  return isConfidential ? t('evidence.readers.confidential') : t(`evidence.release.${releaseLevel}`)
}

/** Whether text was found in a file, in words. */
export function textState(t: Translator, file: Pick<EvidenceFile, 'extractedAt' | 'pages' | 'mediaType'>): string {
  if (isImage(file.mediaType)) return t('evidence.text.image')
  if (file.extractedAt === null) return t('evidence.text.waiting')
  return isUnopened(file) ? t('evidence.text.unopened') : t('evidence.text.pages', { pages: file.pages ?? 0 })
}

/** Whether the reader can show something of it. */
export const isReadable = ({ file }: Pick<Evidence, 'file'>): boolean =>
  file !== null && !isUnopened(file) && (isPdf(file.mediaType) || isImage(file.mediaType) || file.pages !== null)

export const libraryPath = (slug: string): string => `/cities/${slug}/evidence`

export const evidencePath = (slug: string, id: string): string => `${libraryPath(slug)}/${id}`

/** Address of the reader at a place. */
export function readerPath(slug: string, id: string, place: { page?: number | null; quotation?: string | null } = {}): string {
  const query = new URLSearchParams()
  if (place.page) query.set('page', String(place.page))
  if (place.quotation) query.set('quote', place.quotation)
  const text = query.toString()
  return `${evidencePath(slug, id)}/read${text === '' ? '' : `?${text}`}`
}

/** Address of a question's evidence. */
export const questionEvidencePath = (assessmentId: string, questionId: string): string =>
  `/assessments/${assessmentId}/questions/${questionId}/evidence`

/** A title in the language of its document. */
export const EvidenceTitle = ({ evidence: { title, language } }: { evidence: Pick<Evidence, 'title' | 'language'> }) =>
  language === null ? <>{title}</> : <span lang={language}>{title}</span>

/** City, library, entry. */
export function EvidenceCrumbs({
  t,
  city,
  evidence,
}: {
  t: Translator
  city: Pick<City, 'slug' | 'name'>
  evidence?: Pick<Evidence, 'id' | 'title'>
}) {
  const links = [
    { href: `/cities/${city.slug}`, text: city.name },
    { href: libraryPath(city.slug), text: t('evidence.crumb') },
  ]
  if (evidence !== undefined) links.push({ href: evidencePath(city.slug, evidence.id), text: evidence.title })
  return <Breadcrumbs label={t('cities.crumbs')} links={links} />
}
