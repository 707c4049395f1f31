import type { Command } from 'commander'
import { inContext, systemContext } from '../../db/context.ts'
import { sayLine, withServices } from '../../with-services.ts'
import { runCommand } from '../../terminal.ts'
import type { Translator } from '../../text/text.ts'
import { inputInvalid } from '../../api.ts'
import { groupFacts } from './fact.ts'
import { operator } from './operator.ts'
import { listCities, listFactsOf } from './queries.ts'
import { newCitySchema } from './schemas.ts'
import { createCity } from './usecases.ts'

interface ListOptions {
  search?: string
  country?: string
}

async function list(t: Translator, { search, country }: ListOptions): Promise<void> {
  await withServices((services) =>
    inContext(services.db, systemContext, async (db) => {
      const cities = await listCities(db, { search, country: country?.toUpperCase() }, 100_000)
      const facts = await listFactsOf(
        db,
        cities.map(({ id }) => id),
      )
      if (cities.length === 0) sayLine(t('cities.cli.none'))
      for (const { id, slug, name, country: code } of cities)
        sayLine(slug, name, code, String(groupFacts(facts.get(id)!).population?.value ?? ''))
    }),
  )
}

async function add(
  t: Translator,
  name: string,
  { country, region, code }: { country: string; region?: string; code?: string },
): Promise<void> {
  const parsed = newCitySchema.safeParse({ name, country: country.toUpperCase(), region, officialCode: code })
  if (!parsed.success) throw inputInvalid(parsed.error)
  await withServices(async (services) => {
    const city = await inContext(services.db, systemContext, (db) => createCity(db, operator, parsed.data, services.now()))
    sayLine(t('cities.cli.added', { city: city.name, slug: city.slug }))
  })
}

/** `tessera city list`, `tessera city add` */
export function registerCityCommands(program: Command, t: Translator): void {
  const city = program.command('city').description(t('cities.cli.description'))
  city
    .command('list')
    .description(t('cities.cli.list'))
    .option('--search <text>', t('cities.cli.search'))
    .option('--country <code>', t('cities.cli.country'))
    .action((options: ListOptions) => runCommand(t, () => list(t, options)))
  city
    .command('add <name>')
    .description(t('cities.cli.add'))
    .requiredOption('--country <code>', t('cities.cli.country'))
    .option('--region <code>', t('cities.cli.region'))
    .option('--code <code>', t('cities.cli.code'))
    .action((name: string, options: { country: string; region?: string; code?: string }) => runCommand(t, () => add(t, name, options)))
}
