import { AppError } from '../../errors.ts'
import { type MultipartFile, readMultipart } from '../../multipart.ts'
import type { Services } from '../../services.ts'
import type { FormValues } from '../../forms.ts'
import { type CheckedFile, checkFile, requireTakenType } from './check-file.ts'
import { plainFileName } from '../../file-name.ts'
import { discardIncoming, incomingPath, randomName, receive } from './storage.ts'

// Files of a form that is sent without a script: each goes to the disk as it arrives, its fields are kept.

export interface FormFile {
  /** Where it lies. */
  incoming: string
  path: string
  checked: CheckedFile
}

export interface FormWithFiles {
  values: FormValues
  files: FormFile[]
  /** Why the files of the form were refused; the fields are there in any case. */
  problem: AppError | null
}

const maximumFiles = 20
const megabyte = 1024 * 1024 // bytes

/**
 * Reads a form with files to its end. What it brings lies on the disk, checked, and is to be placed or dropped.
 * @throws {AppError} only when it is no whole form; what is wrong with a file is its `problem`
 */
export async function readFormWithFiles(request: Request, { config }: Pick<Services, 'config'>): Promise<FormWithFiles> {
  const limit = config.evidence.fileMb * megabyte
  const arrived: { incoming: string; name: string }[] = []
  let problem: AppError | null = null
  const take = async ({ fileName, bytes }: MultipartFile) => {
    if (problem !== null) return
    try {
      if (arrived.length >= maximumFiles) throw new AppError('FORM_FILES_TOO_MANY', { limit: maximumFiles })
      arrived.push(await receiveOne(config.dataDir, plainFileName(fileName), limit, bytes))
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      problem = error
    }
  }
  const values = await readMultipart(request, maximumFiles * limit + megabyte, take).catch(async (error: unknown) => {
    await drop(config.dataDir, arrived)
    throw error
  })
  return check(config, values, arrived, problem)
}

async function receiveOne(dataDir: string, name: string, limit: number, bytes: AsyncIterable<Uint8Array>) {
  requireTakenType(name)
  const incoming = randomName()
  const { problem } = await receive(incomingPath(dataDir, incoming), 0, limit, bytes)
  if (problem === null) return { incoming, name }
  await discardIncoming(dataDir, incoming)
  throw problem
}

async function check(
  config: Services['config'],
  values: FormValues,
  arrived: readonly { incoming: string; name: string }[],
  problem: AppError | null,
): Promise<FormWithFiles> {
  const files: FormFile[] = []
  try {
    if (problem !== null) throw problem
    for (const { incoming, name } of arrived) {
      const path = incomingPath(config.dataDir, incoming)
      const checked = await checkFile(path, name, { sha256: null, clamav: config.evidence.clamav })
      files.push({ incoming, path, checked })
    }
    return { values, files, problem: null }
  } catch (error) {
    await drop(config.dataDir, arrived)
    if (!(error instanceof AppError)) throw error
    return { values, files: [], problem: error }
  }
}

/** Removes files of a form that are not wanted. */
export async function drop(dataDir: string, files: readonly { incoming: string }[]): Promise<void> {
  for (const { incoming } of files) await discardIncoming(dataDir, incoming)
}
