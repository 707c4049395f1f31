import { existsSync } from 'node:fs'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { encodingsOf } from './erasure.ts'

async function filesIn(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return []
  const entries = await readdir(folder, { withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map(({ name }) => join(folder, name))
}

/** Soft line ends of mails part words; without them a text is found as a whole. */
const unfolded = (text: string): string => text.replaceAll(/=\r?\n/g, '')

function findsAny(text: string, needles: readonly string[]): boolean {
  const lower = text.toLowerCase()
  return needles.some((needle) => text.includes(needle) || lower.includes(needle.toLowerCase()))
}

/**
 * Removes what files beside the database tell of a person: mails that wait in the outbox, and lines of the embedded database's log.
 * @param texts name and address, as they were
 * @returns how many mails and lines went
 */
export async function eraseFromFiles(dataDir: string, texts: readonly string[]): Promise<{ mails: number; lines: number }> {
  const needles = texts.flatMap(encodingsOf)
  let mails = 0
  for (const file of await filesIn(join(dataDir, 'outbox'))) {
    const text = await readFile(file, 'utf8')
    if (!findsAny(`${text}\n${unfolded(text)}`, needles)) continue
    await rm(file)
    mails++
  }
  let lines = 0
  for (const file of await filesIn(join(dataDir, 'postgres', 'cluster', 'log'))) {
    const all = (await readFile(file, 'utf8')).split('\n')
    const kept = all.filter((line) => !findsAny(line, needles))
    if (kept.length === all.length) continue
    lines += all.length - kept.length
    await writeFile(file, kept.join('\n'))
  }
  return { mails, lines }
}
