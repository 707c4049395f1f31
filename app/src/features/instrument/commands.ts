import { resolve } from 'node:path'
import type { Command } from 'commander'
import { hashOf } from '../../canonical.ts'
import { runCommand } from '../../terminal.ts'
import type { Translator } from '../../text/text.ts'
import { checkExamples } from './check-examples.ts'
import { type Instrument, questionsOf, textOf } from './instrument.ts'
import { checkInstrument, instrumentInvalid } from './load.ts'

function describeInstrument(t: Translator, instrument: Instrument): string {
  const { id, version, dimensions, languages, schemes } = instrument
  const counts = {
    dimensions: dimensions.length,
    indicators: dimensions.flatMap((d) => d.indicators).length,
    questions: questionsOf(instrument).length,
  }
  return [
    t('cli.instrument.check.done', {
      title: textOf(instrument, t.language).instrument.title,
      id,
      version,
      ...counts,
      languages: languages.join(', '),
      weights: schemes.map((s) => s.id).join(', '),
    }),
    t('cli.instrument.check.hash', { hash: hashOf(instrument) }),
  ].join('\n')
}

function check(t: Translator, folder: string): void {
  const path = resolve(folder)
  const { instrument, problems } = checkInstrument(path)
  const all = [...problems, ...checkExamples(path)]
  if (instrument === null || all.length > 0) throw instrumentInvalid(t, all)
  process.stdout.write(`${describeInstrument(t, instrument)}\n`)
}

/** `tessera instrument check DIR` */
export function registerInstrumentCommands(program: Command, t: Translator): void {
  program
    .command('instrument')
    .description(t('cli.instrument.description'))
    .command('check')
    .argument('<folder>', t('cli.instrument.check.folder'))
    .description(t('cli.instrument.check.description'))
    .action((folder: string) => runCommand(t, () => check(t, folder)))
}
