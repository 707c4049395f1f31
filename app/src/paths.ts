import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Folder of the app workspace, whether this runs from src/ or from the built dist/. */
function findAppFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'src/db/migrations'))) folder = dirname(folder)
  return folder
}

export const appFolder = findAppFolder()
export const migrationsFolder = join(appFolder, 'src/db/migrations')
export const clientFolder = join(appFolder, 'dist/client')
export const instrumentFolder = dirname(createRequire(import.meta.url).resolve('@tessera/instrument/package.json'))
