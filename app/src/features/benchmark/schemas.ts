import { z } from '@hono/zod-openapi'
import { levelScoreSchema, originSchema } from '../results/schemas.ts'

const rank = z
  .object({
    rank: z.number().int().openapi({ description: '1 = highest; ties share the best rank' }),
    of: z.number().int().openapi({ description: 'cities that have a rank, the own one among them' }),
    tiedWith: z.number().int().openapi({ description: 'other cities with exactly the same score' }),
  })
  .nullable()
  .openapi('Rank')

const quartiles = z.object({ n: z.number().int(), q1: z.number(), median: z.number(), q3: z.number() }).nullable().openapi('Quartiles')

const cluster = z
  .object({
    id: z.string(),
    fact: z.enum(['population', 'share-foreign']),
    own: z
      .object({
        value: z.number(),
        year: z.number().int(),
        basis: z.enum(['population', 'foreign-born', 'foreign-national']),
        group: z.string().openapi({ description: 'group the city itself lies in' }),
        joined: z.array(z.string()).openapi({ description: 'groups joined to it because it had fewer than five cities' }),
        extent: z.enum(['own', 'neighbour', 'all']),
      })
      .nullable()
      .openapi({ description: 'null = the fact is not known of this city' }),
    n: z.number().int(),
    levels: z.array(z.object({ element: z.string(), n: z.number().int(), median: z.number().nullable(), others: z.array(z.number()) })),
  })
  .openapi('ClusterComparison')

export const comparisonSchema = z
  .object({
    ...originSchema,
    scheme: z.string(),
    copy: z.enum(['handed-in', 'current']),
    sample: z
      .enum(['all', 'wave'])
      .openapi({ description: "all = each city's newest result up to this wave; wave = results of this wave only" }),
    cities: z.number().int().openapi({ description: 'cities in the sample, the own one among them' }),
    indices: z.object({ core: levelScoreSchema, extended: levelScoreSchema }),
    ranks: z.object({ core: rank, extended: rank }),
    levels: z.array(z.object({ element: z.string(), network: quartiles })),
    clusters: z.array(cluster),
    previous: z
      .object({ wave: z.object({ slug: z.string(), name: z.string() }), scores: z.record(z.string(), z.number().nullable()) })
      .nullable(),
    checks: z
      .array(z.object({ method: z.string(), score: z.number().nullable(), isProvisional: z.boolean(), rank }))
      .openapi({ description: 'core index and rank under every weighting and by geometric mean: robustness, not the result' }),
  })
  .openapi('Comparison')

const index = z.object({ score: z.number().nullable(), coverage: z.number().nullable(), isProvisional: z.boolean() })

export const listedResultSchema = z
  .object({
    city: z.object({ slug: z.string(), name: z.string(), country: z.string() }),
    wave: z.object({ slug: z.string(), name: z.string() }),
    isSynthetic: z.boolean(),
    core: index,
    extended: index,
  })
  .openapi('ListedResult')
