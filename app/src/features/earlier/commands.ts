import type { Upload } from '../../waiting-files.ts'
import { lookAt, type Preview, takeIn } from './usecases.ts'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Command } from 'commander'
import { inContext, systemContext } from '../../db/context.ts'
import { AppError } from '../../errors.ts'
import { runCommand } from '../../terminal.ts'
import type { Translator } from '../../text/text.ts'
import { sayLine, withServices } from '../../with-services.ts'
import { operator } from '../cities/operator.ts'
import { problemLine } from './problem-text.ts'
import { plainFileName } from '../../file-name.ts'

function readUpload(t: Translator, path: string): Upload {
  try {
    const bytes = new Uint8Array(readFileSync(path))
    return { bytes, fileName: plainFileName(basename(path)), hash: createHash('sha256').update(bytes).digest('hex') }
  } catch {
    throw new AppError('FILE_INVALID', { problems: t('cli.file.missing', { file: path }) })
  }
}

/** @throws {AppError} FILE_INVALID with every problem, EARLIER_FILE_KNOWN */
function requireGood(t: Translator, path: string, { checked: { problems }, known }: Preview): void {
  if (known !== null) throw new AppError('EARLIER_FILE_KNOWN', { file: known.fileName, at: known.createdAt })
  if (problems.length > 0)
    throw new AppError('FILE_INVALID', { problems: problems.map((problem) => problemLine(t, path, problem)).join('\n') })
}

async function importResults(t: Translator, path: string, { apply = false }: { apply?: boolean }): Promise<void> {
  const upload = readUpload(t, path)
  await withServices(async (services) => {
    const now = services.now()
    await inContext(services.db, systemContext, async (db) => {
      const preview = await lookAt(db, operator, upload, now)
      requireGood(t, path, preview)
      const { figures } = preview.checked
      const cities = new Set(figures.map(({ city, country }) => `${city}/${country}`)).size
      sayLine(t('earlier.cli.counts', { file: path, figures: figures.length, cities }))
      if (!apply) return sayLine(t('earlier.cli.fits'))
      const { figures: count, id } = await takeIn(db, operator, preview, now)
      return sayLine(t('earlier.cli.applied', { count, id }))
    })
  })
}

/** `tessera earlier import <file> [--apply]` */
export function registerEarlierCommands(program: Command, t: Translator): void {
  program
    .command('earlier')
    .description(t('earlier.cli.description'))
    .command('import <file>')
    .description(t('earlier.cli.import'))
    .option('--apply', t('earlier.cli.apply'))
    .action((file: string, options: { apply?: boolean }) => runCommand(t, () => importResults(t, file, options)))
}
