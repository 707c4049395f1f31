import type { Config } from '../../config.ts'
import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import type { Person } from '../../permissions.ts'
import { readFileTables } from '../../sheet-file.ts'
import { catalogues, type TextKey } from '../../text/catalogue.ts'
import { languages, plainWords } from '../assessments/answer-cell.ts'
import type { City } from '../cities/city.ts'
import { type CityFact, facts, qualities } from '../cities/fact.ts'
import { factFormSchema } from '../cities/schemas.ts'
import { type FactInput, getEditableFacts, setCityFact } from '../cities/usecases.ts'
import { dropUpload, getUpload, keepUpload, maximumFile, type Upload, type UploadPlace } from '../../waiting-files.ts'
import { type FactColumn, factColumnNames, factColumns } from './facts-file.ts'
import { type PlannedRecord, readRecords, type RecordRow, type RecordTable, withoutRepeats } from './record-table.ts'

export interface PlannedFact extends PlannedRecord {
  cells: RecordRow<FactColumn>['cells']
  input: FactInput | null
  current: CityFact | null
}

/** The key that a name in any language stands for; else the text itself. */
function keyOf<K extends string>(keys: readonly K[], text: string, textKey: (key: K) => TextKey): string {
  const plain = plainWords(text)
  return keys.find((key) => key === plain || languages.some((language) => plainWords(catalogues[language][textKey(key)]) === plain)) ?? text
}

function planFact(city: City, known: ReadonlyMap<string, CityFact>, { row, cells }: RecordRow<FactColumn>, now: Date): PlannedFact {
  const typed = {
    ...cells,
    fact: keyOf(facts, cells.fact, (fact) => `cities.fact.name.${fact}`),
    quality: keyOf(qualities, cells.quality, (quality) => `cities.fact.quality.${quality}`),
    version: '0',
  }
  const key = `${typed.fact}/${typed.year}`
  const plan = { row, key, cells, rule: null, values: {}, input: null, current: known.get(key) ?? null }
  const parsed = factFormSchema(now).safeParse(typed)
  if (!parsed.success) return { ...plan, state: 'refused', rule: parsed.error.issues[0]!.message as TextKey }
  const { current } = plan
  const input = { ...parsed.data, city: city.slug, version: current?.version ?? 0 }
  if (current === null) return { ...plan, state: 'new', input }
  const isSame = current.value === input.value && current.source === input.source && current.quality === input.quality
  if (isSame) return { ...plan, state: 'same' }
  return { ...plan, state: cells.version === `v${current.version}` ? 'changed' : 'conflict', input }
}

export interface FactsPreview extends Pick<RecordTable<FactColumn>, 'problem' | 'extraColumns'> {
  city: City
  fileName: string
  hash: string
  planned: readonly PlannedFact[]
}

type Folder = Pick<Config, 'dataDir'>
const placeOf = (person: Person, city: City): UploadPlace => ({ folder: 'spreadsheets', about: `facts ${city.id} ${person.id}\n` })

async function lookAt({ city, facts: known }: { city: City; facts: CityFact[] }, upload: Upload, now: Date): Promise<FactsPreview> {
  const { hash, fileName, bytes } = upload
  const file = await readFileTables(bytes)
  if ('rule' in file) return { city, fileName, hash, planned: [], problem: file, extraColumns: [] }
  const table = readRecords(file.tables, { columns: factColumns, required: ['fact', 'year', 'value', 'source'], namesOf: factColumnNames })
  const byKey = new Map(known.map((fact) => [`${fact.fact}/${fact.year}`, fact]))
  const planned = withoutRepeats(table.rows.map((row) => planFact(city, byKey, row, now)))
  return { city, fileName, hash, planned, problem: table.problem, extraColumns: table.extraColumns }
}

/**
 * Keeps a file of figures for a day and says what it would change; nothing is written.
 * @throws {AppError} CITY_NOT_FOUND, NOT_ALLOWED, PAYLOAD_TOO_LARGE
 */
export async function previewFacts(
  db: Db,
  person: Person,
  { dataDir }: Folder,
  { slug, fileName, bytes }: { slug: string; fileName: string; bytes: Uint8Array },
  now: Date,
): Promise<FactsPreview> {
  const opened = await getEditableFacts(db, person, slug)
  if (bytes.length > maximumFile) throw new AppError('PAYLOAD_TOO_LARGE', { limit: '10 MB' })
  return lookAt(opened, await keepUpload(dataDir, fileName, bytes, now, placeOf(person, opened.city)), now)
}

/** @throws {AppError} CITY_NOT_FOUND, NOT_ALLOWED, EARLIER_UPLOAD_NOT_FOUND */
export async function getFactsPreview(
  db: Db,
  person: Person,
  { dataDir }: Folder,
  { slug, hash }: { slug: string; hash: string },
  now: Date,
): Promise<FactsPreview> {
  const opened = await getEditableFacts(db, person, slug)
  return lookAt(opened, await getUpload(dataDir, hash, now, placeOf(person, opened.city)), now)
}

/** A record to take over, in the version that was seen; people have none. */
export interface ChosenRecord {
  key: string
  version: number
}

export interface RecordsDone {
  saved: string[]
  /** Changed by somebody else meanwhile: left as they are. */
  changed: string[]
}

/** Saves the chosen figures; one that has changed since it was seen is left alone and reported. @throws {AppError} as getFactsPreview */
export async function importFacts(
  db: Db,
  person: Person,
  config: Folder,
  { slug, hash, chosen }: { slug: string; hash: string; chosen: readonly ChosenRecord[] },
  now: Date,
): Promise<RecordsDone> {
  const { planned } = await getFactsPreview(db, person, config, { slug, hash }, now)
  const versions = new Map(chosen.map(({ key, version }) => [key, version]))
  const done: RecordsDone = { saved: [], changed: [] }
  for (const { key, input } of planned) {
    const version = versions.get(key)
    if (version === undefined || input === null) continue
    try {
      await setCityFact(db, person, { ...input, version }, now)
      done.saved.push(key)
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'FACT_CHANGED') throw error
      done.changed.push(key)
    }
  }
  return done
}

/** Forgets a kept file, once it is in. */
export const forgetFacts = ({ dataDir }: Folder, person: Person, city: City, hash: string): Promise<void> =>
  dropUpload(dataDir, hash, placeOf(person, city))
