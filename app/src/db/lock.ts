import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../errors.ts'

interface Holder {
  pid: number
  started: string
  address: string
}

/** Start time of a process as the kernel counts it, so that a reused process id is not taken for the old holder. */
export function processStart(pid: number): string | null {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return null
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return process.platform === 'linux' ? null : 'unknown'
  }
}

function readHolder(file: string): Holder | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder
  } catch {
    return null
  }
}

/** Whether another living process serves this data folder: then its database must keep running. */
export function isHeldByAnother(dataDir: string): boolean {
  const holder = readHolder(join(dataDir, 'server.lock'))
  return holder !== null && holder.pid !== process.pid && processStart(holder.pid) === holder.started
}

/**
 * Takes the data folder for this process. A lock left by a process that no longer lives is taken over.
 * @returns the function that gives it back
 * @throws {AppError} SERVER_RUNNING naming the holder
 */
export function lockDataFolder(dataDir: string, address: string): () => void {
  const file = join(dataDir, 'server.lock')
  const mine = `${file}.${process.pid}`
  writeFileSync(mine, JSON.stringify({ pid: process.pid, started: processStart(process.pid) ?? '', address } satisfies Holder))
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        linkSync(mine, file)
        return () => rmSync(file, { force: true })
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
        const holder = readHolder(file)
        if (holder && processStart(holder.pid) === holder.started)
          throw new AppError('SERVER_RUNNING', { dataDir, pid: holder.pid, address: holder.address })
        rmSync(file, { force: true })
      }
    }
    throw new AppError('DATA_FOLDER_IN_USE', { dataDir })
  } finally {
    rmSync(mine, { force: true })
  }
}
