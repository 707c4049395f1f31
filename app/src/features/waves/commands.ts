import type { Command } from 'commander'
import { inContext, systemContext } from '../../db/context.ts'
import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { runCommand } from '../../terminal.ts'
import { formatDateTime, type Translator } from '../../text/text.ts'
import { sayLine, withServices } from '../../with-services.ts'
import { operator } from '../cities/operator.ts'
import { parseDayTime } from './dates.ts'

import { countCitiesByWave, listWaves } from './queries.ts'
import { closeWave, getWave, reopenWave, type WaveKey } from './usecases.ts'
import type { Wave } from './wave.ts'
import { waveStatusText } from './wave-text.ts'

async function list(t: Translator): Promise<void> {
  await withServices((services) =>
    inContext(services.db, systemContext, async (db) => {
      const waves = await listWaves(db, 100_000)
      const counts = await countCitiesByWave(db)
      if (waves.length === 0) sayLine(t('waves.cli.none'))
      for (const wave of waves)
        sayLine(
          wave.slug,
          wave.name,
          waveStatusText(t, wave, services.now()),
          t('waves.list.cityCount', { ...(counts.get(wave.id) ?? { invited: 0, submitted: 0 }) }),
        )
    }),
  )
}

/** Takes a step on the wave as it is now and says how it stands afterwards. */
async function take(t: Translator, slug: string, step: (db: Db, key: WaveKey, now: Date) => Promise<Wave>): Promise<void> {
  await withServices(async (services) => {
    const now = services.now()
    const wave = await inContext(services.db, systemContext, async (db) =>
      step(db, { wave: slug, version: (await getWave(db, slug)).version }, now),
    )
    sayLine(t('waves.cli.done', { wave: wave.name, status: waveStatusText(t, wave, now), at: formatDateTime(t.language, now) }))
  })
}

/** 2027-03-31 means the end of that day; 2027-03-31T18:00 is also understood. */
function readUntil(text: string): Date {
  const [day, time = '23:59'] = text.split('T')
  const until = parseDayTime(day!, time)
  if (until === null) throw new AppError('INPUT_INVALID', {}, { fields: [{ path: '--until', message: 'waves.form.day.wrong' }] })
  return until
}

/** `tessera wave list`, `tessera wave close`, `tessera wave reopen` */
export function registerWaveCommands(program: Command, t: Translator): void {
  const wave = program.command('wave').description(t('waves.cli.description'))
  wave
    .command('list')
    .description(t('waves.cli.list'))
    .action(() => runCommand(t, () => list(t)))
  wave
    .command('close <wave>')
    .description(t('waves.cli.close'))
    .action((slug: string) => runCommand(t, () => take(t, slug, (db, key, now) => closeWave(db, operator, key, now))))
  wave
    .command('reopen <wave>')
    .description(t('waves.cli.reopen'))
    .requiredOption('--until <day>', t('waves.cli.until'))
    .action((slug: string, { until }: { until: string }) =>
      runCommand(t, () => take(t, slug, (db, key, now) => reopenWave(db, operator, { ...key, closesAt: readUntil(until) }, now))),
    )
}
