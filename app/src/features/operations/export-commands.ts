import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Command } from 'commander'
import type { Db } from '../../db/open.ts'
import { inOneMoment } from '../../db/context.ts'
import { AppError } from '../../errors.ts'
import { runCommand } from '../../terminal.ts'
import { formatDateTime, type Translator } from '../../text/text.ts'
import { sayLine, withServices } from '../../with-services.ts'
import type { Instrument } from '../instrument/instrument.ts'
import { type ExportColumn, type ExportFilter, exportTables, type ExportTable } from './export.ts'
import { writeExport } from './export-archive.ts'
import { listExportCities, listExportInstruments, listExportWaves } from './export-queries.ts'
import { exportPortions } from './export-rows.ts'

interface ExportOptions {
  out: string
  city: string[]
  wave: string[]
}

interface Scope {
  filter: ExportFilter
  instruments: Instrument[]
  isSynthetic: boolean
}

/** @throws {AppError} naming the first city or wave that does not exist */
async function readScope(db: Db, { city, wave }: ExportOptions): Promise<Scope> {
  const filter = { cities: city, waves: wave }
  const [cities, waves] = [await listExportCities(db, filter), await listExportWaves(db, filter)]
  if (city.some((slug) => !cities.some((found) => found.slug === slug))) throw new AppError('CITY_NOT_FOUND')
  if (wave.some((slug) => !waves.some((found) => found.wave.slug === slug))) throw new AppError('WAVE_NOT_FOUND')
  const isSynthetic = cities.some((each) => each.isSynthetic) || waves.some((each) => each.wave.isSynthetic)
  return { filter, instruments: await listExportInstruments(db, filter), isSynthetic }
}

function describeTable(t: Translator, table: ExportTable, rows: number): string {
  const columns = exportTables[table].map((column: ExportColumn) => `| \`${column}\` | ${t(`operations.export.column.${column}`)} |`)
  return [
    `## ${table}`,
    '',
    `${t(`operations.export.table.${table}`)} ${t('operations.export.rows', { rows })}`,
    '',
    `| ${t('operations.export.column')} | ${t('operations.export.meaning')} |`,
    '| --- | --- |',
    ...columns,
    '',
  ].join('\n')
}

/** README.md of an export: what it is, whether it is invented, and what each column means. */
function describe(t: Translator, { filter, isSynthetic }: Scope, rows: ReadonlyMap<ExportTable, number>, now: Date): string {
  const about = {
    at: formatDateTime(t.language, now),
    cities: filter.cities.join(', ') || t('operations.export.all'),
    waves: filter.waves.join(', ') || t('operations.export.all'),
  }
  return [
    `# ${t(isSynthetic ? 'operations.export.titleSynthetic' : 'operations.export.title')}`,
    '',
    ...(isSynthetic ? [`**${t('operations.export.synthetic')}**`, ''] : []),
    t('operations.export.about', about),
    '',
    t('operations.export.format'),
    '',
    t('operations.export.personal'),
    '',
    ...(Object.keys(exportTables) as ExportTable[]).map((table) => describeTable(t, table, rows.get(table) ?? 0)),
  ].join('\n')
}

function textsOf(t: Translator, scope: Scope, rows: ReadonlyMap<ExportTable, number>, now: Date): Map<string, string> {
  const instruments = scope.instruments.map((instrument): [string, string] => [
    `instruments/${instrument.id}-${instrument.version}.json`,
    `${JSON.stringify(instrument, null, 2)}\n`,
  ])
  return new Map([['README.md', describe(t, scope, rows, now)], ...instruments])
}

async function exportNetwork(t: Translator, options: ExportOptions): Promise<void> {
  const file = resolve(options.out)
  const folder = dirname(file)
  if (!existsSync(folder)) throw new AppError('FILE_INVALID', { problems: t('operations.backup.folder', { folder }) })
  await withServices((services) =>
    inOneMoment(services.db, async (db) => {
      const now = services.now()
      const scope = await readScope(db, options)
      const contents = {
        portions: exportPortions(db, scope.filter),
        texts: (rows: ReadonlyMap<ExportTable, number>) => textsOf(t, scope, rows, now),
      }
      const rows = await writeExport(file, contents, now)
      const count = (table: ExportTable) => rows.get(table) ?? 0
      sayLine(
        t('operations.export.done', {
          file,
          cities: count('cities'),
          waves: count('waves'),
          answers: count('answers'),
          results: count('results'),
        }),
      )
      if (scope.isSynthetic) sayLine(t('operations.export.synthetic'))
      sayLine(t('operations.export.personal'))
    }),
  )
}

const collect = (value: string, before: string[]): string[] => [...before, value]

/** `tessera export` */
export function registerExportCommands(program: Command, t: Translator): void {
  program
    .command('export')
    .description(t('operations.export.description'))
    .requiredOption('--out <file>', t('operations.export.out'))
    .option('--city <slug>', t('operations.export.city'), collect, [])
    .option('--wave <slug>', t('operations.export.wave'), collect, [])
    .action((options: ExportOptions) => runCommand(t, () => exportNetwork(t, options)))
}
