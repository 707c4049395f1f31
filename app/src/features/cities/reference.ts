import { parse } from 'csv-parse/sync'
import contextCsv from './reference/icc_context.csv?raw'
import resultsCsv from './reference/icc_results.csv?raw'
import type { Fact } from './fact.ts'

/** A published figure of a real city; never part of our own ranking. */
export interface ReferenceFigure {
  /** Name as published; null = an average over the cities of the source. */
  city: string | null
  country: string | null
  year: number | null
  kind: 'result' | 'fact'
  /** overall, an indicator of the Intercultural Cities Index, or a fact. */
  code: string
  /** Score 0-100, persons, percent or euro; null = the source gives only a rank or remark. */
  value: number | null
  remark: string | null
  /** Number of cities compared in the source. */
  sampleSize: number | null
  source: string
}

/** Stored in place of a city for averages. */
export const sampleAverage = 'CITY-SAMPLE-AVERAGE'

type Row = Record<string, string>

const numberOrNull = (text: string | undefined): number | null => (text === undefined || text === '' ? null : Number(text))
const textOrNull = (text: string | undefined): string | null => text || null
const readRows = (csv: string): Row[] => parse(csv, { columns: true, skip_empty_lines: true })

function toResult(row: Row): ReferenceFigure {
  return {
    city: row.city === sampleAverage ? null : row.city!,
    country: textOrNull(row.country),
    year: numberOrNull(row.year),
    kind: 'result',
    code: row.indicator!,
    value: numberOrNull(row.value),
    remark: textOrNull(row.rank),
    sampleSize: numberOrNull(row.sample_size),
    source: row.source_url!,
  }
}

const factColumns: Record<string, Fact> = {
  population: 'population',
  foreign_born_pct: 'share-foreign-born',
  foreign_national_pct: 'share-foreign-national',
  migrant_background_pct: 'share-migrant-background',
  gdp_per_capita: 'gdp-per-capita',
}

function toFacts(row: Row): ReferenceFigure[] {
  return Object.entries(factColumns).flatMap(([column, code]) => {
    const value = numberOrNull(row[column])
    return value === null
      ? []
      : [
          {
            city: row.city!,
            country: textOrNull(row.country),
            year: numberOrNull(row.year),
            kind: 'fact' as const,
            code,
            value,
            remark: null,
            sampleSize: null,
            source: row.source_url!,
          },
        ]
  })
}

/** The figures that come with the product, in the order of its files; a row that says neither a value nor a rank is left out. */
export function readReferenceFigures(): ReferenceFigure[] {
  const results = readRows(resultsCsv)
    .map(toResult)
    .filter(({ value, remark }) => value !== null || remark !== null)
  return [...results, ...readRows(contextCsv).flatMap(toFacts)]
}

/** Text and addresses of a source, in order, so that a page can link the addresses. */
export function sourceParts(source: string): { text: string; href: string | null }[] {
  return source
    .split(/(https?:\/\/[^\s;]+)/)
    .filter((part) => part !== '')
    .map((part) => (/^https?:\/\//.test(part) ? { text: hostOf(part), href: part } : { text: part, href: null }))
}

const hostOf = (address: string): string => (URL.canParse(address) ? new URL(address).hostname.replace(/^www\./, '') : address)
