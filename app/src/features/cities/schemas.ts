import { z } from '@hono/zod-openapi'
import type { TextKey } from '../../text/catalogue.ts'
import { isCountryCode } from './countries.ts'
import { type Fact, isFact, type Parsed, parseFactValue, parseYear, qualities, type Quality } from './fact.ts'

/** Text that must be there; a field that was not sent counts as empty. */
export const requiredText = (missing: TextKey) => z.string({ error: missing }).trim().min(1, missing)

const optionalText = (length: number, tooLong: TextKey) =>
  z
    .string()
    .trim()
    .max(length, tooLong)
    .nullish()
    .transform((text) => text || null)

/** A new city, from the form and from the API. */
export const newCitySchema = z.object({
  name: requiredText('cities.new.name.missing').max(120, 'cities.new.name.tooLong'),
  country: requiredText('cities.new.country.missing').refine(isCountryCode, 'cities.new.country.unknown'),
  region: optionalText(20, 'cities.new.code.tooLong'),
  officialCode: optionalText(30, 'cities.new.code.tooLong'),
})

/** Version in a hidden field. */
export const versionField = z.coerce.number().int().min(0).max(2_000_000_000)

interface FactForm {
  fact: Fact
  year: number
  value: number
  source: string
  quality: Quality
  version: number
}

const take = (ctx: z.RefinementCtx, path: string, parsed: Parsed): number => {
  if (parsed.ok) return parsed.value
  ctx.addIssue({ code: 'custom', path: [path], message: parsed.problem })
  return 0
}

/** A fact as people type it; every field that does not fit is named. */
export function factFormSchema(now: Date): z.ZodType<FactForm> {
  const raw = z.object({
    fact: z.string().catch(''),
    value: z.string().catch(''),
    year: z.string().catch(''),
    source: z.string().trim().catch(''),
    quality: z.string().catch(''),
    version: versionField.catch(0),
  })
  return raw.transform(({ fact, value, year, source, quality, version }, ctx) => {
    if (!isFact(fact)) ctx.addIssue({ code: 'custom', path: ['fact'], message: 'cities.fact.fact.missing' })
    const checked = {
      year: take(ctx, 'year', parseYear(year, now)),
      value: isFact(fact) ? take(ctx, 'value', parseFactValue(fact, value)) : 0,
    }
    if (source.length < 3) ctx.addIssue({ code: 'custom', path: ['source'], message: 'cities.fact.source.missing' })
    if (source.length > 500) ctx.addIssue({ code: 'custom', path: ['source'], message: 'cities.fact.source.tooLong' })
    if (!qualities.some((known) => known === quality))
      ctx.addIssue({ code: 'custom', path: ['quality'], message: 'cities.fact.quality.missing' })
    return { ...checked, fact: fact as Fact, source, quality: quality as Quality, version }
  })
}

/** The form that removes a fact, or takes a step with what was seen. */
export const removalSchema = z.object({ version: versionField })
