import { z } from '@hono/zod-openapi'
import { requiredText, versionField } from '../cities/schemas.ts'
import { distinctSlugs, longestName, mostCities } from './saved-groups.ts'

const name = requiredText('compare.group.name.missing').max(longestName, 'compare.group.name.tooLong')
const slugs = z.array(z.string().max(80)).transform(distinctSlugs)
const cities = slugs.pipe(z.array(z.string()).min(1, 'compare.group.cities.missing').max(mostCities, 'compare.group.cities.tooMany'))

/** A group as the API takes it. */
export const savedGroupInputSchema = z.object({ name, cities }).openapi('SavedGroupInput')

/** Slugs of a form: once with commas, or a field for each. */
const typedCities = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((value) => [value ?? []].flat().flatMap((text) => text.split(',')))
  .pipe(cities)

/** The form for a new group. */
export const savedGroupFormSchema = z.object({ name, cities: typedCities })

/** The form that renames a group or changes its cities. */
export const savedGroupChangeSchema = savedGroupFormSchema.extend({ version: versionField })

export const savedGroupSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    cities: z.array(z.string()).openapi({ description: 'addresses (slugs) of the cities' }),
    version: z.number().int(),
    updatedAt: z.iso.datetime(),
  })
  .openapi('SavedGroup')
