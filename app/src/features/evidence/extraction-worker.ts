import { readFile } from 'node:fs/promises'
import { parentPort } from 'node:worker_threads'
import { extractPages } from './extract.ts'
import type { MediaType } from './media-type.ts'

/** What a worker is asked; it answers with the text of each page, or with null when there is none to be read. */
export interface ExtractionOrder {
  path: string
  mediaType: MediaType
}

parentPort?.on('message', ({ path, mediaType }: ExtractionOrder) => {
  void readFile(path)
    .then((bytes) => extractPages(bytes, mediaType))
    .catch(() => null)
    .then((pages) => parentPort!.postMessage(pages))
})
