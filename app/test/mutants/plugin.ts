import { blindness, type Mutant, mutants, withoutBackstop } from './mutants.ts'

const all = [...mutants, ...blindness, withoutBackstop]

/** @throws {Error} when the filter is not there exactly once: then the list of mutants has to follow the source */
export function withSwitch(source: string, { id, file, filter, around = filter, without }: Mutant): string {
  const isOnce = (text: string, part: string) => text.split(part).length === 2
  if (!isOnce(source, around) || !isOnce(around, filter))
    throw new Error(`app/src/${file} does not contain the filter of the mutant "${id}" exactly once: ${around}`)
  const switched = `(globalThis.tesseraFilters?.isRemoved(${JSON.stringify(id)}) ? (${without}) : (${filter}))`
  return source.replace(around, () => around.replace(filter, () => switched))
}

/** Puts a switch around each filter, so that a test can remove one while it runs; all other code stays as it is. */
export function mutantsPlugin() {
  return {
    name: 'mutants',
    enforce: 'pre' as const,
    transform(source: string, path: string) {
      const here = all.filter(({ file }) => path.split('?')[0]!.endsWith(`/app/src/${file}`))
      return here.length === 0 ? null : { code: here.reduce(withSwitch, source), map: null }
    },
  }
}
