import { TextReading } from './extraction.ts'

/** What this process has in hand of the evidence: uploads whose bytes are arriving, and documents that are being read. */
export class UploadDesk {
  /** Keys of uploads that a request is writing to at this moment. */
  readonly writing = new Set<string>()
  readonly reading = new TextReading()
}
