import { join } from 'node:path'

/** Folder of the evidence files. */
export const storedFilesFolder = (dataDir: string): string => join(dataDir, 'files')

/** Where an evidence file lies, by the name that its row has. */
export const storedFilePath = (dataDir: string, storedAs: string): string => join(storedFilesFolder(dataDir), storedAs)
