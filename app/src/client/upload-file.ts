import { sha256Of } from './sha256.ts'

// Sends one file so that a broken connection, a sleeping laptop or a restarted server does not matter: bytes go in pieces, the server
// says how many are safe on its disk, and everything goes on from there.

/** The entry that a file became. */
export interface UploadedEvidence {
  id: string
  title: string
}

export type UploadState =
  | { kind: 'queued' }
  | { kind: 'checking' }
  | { kind: 'sending'; sent: number }
  | { kind: 'waiting'; sent: number }
  | { kind: 'done'; evidence: UploadedEvidence }
  | { kind: 'unopened'; evidence: UploadedEvidence }
  | { kind: 'refused'; reason: string; canRepeat: boolean }

const piece = 1024 * 1024 // bytes
const longestPause = 20_000 // milliseconds

interface Problem {
  code: string
  detail: string
  now: string
  offset?: number
}

interface UploadAnswer {
  id: string
  offset: number
  evidence: UploadedEvidence | null
}

/** Answers of a server that will be well again, and no answer at all. */
class Interruption extends Error {}

class Refusal extends Error {
  readonly problem: Problem
  readonly status: number
  constructor(problem: Problem, status: number) {
    super(problem.code)
    this.problem = problem
    this.status = status
  }
}

async function ask(path: string, init: RequestInit): Promise<UploadAnswer> {
  const response = await fetch(path, init).catch(() => {
    throw new Interruption()
  })
  if (response.ok) return (await response.json()) as UploadAnswer
  if ([429, 502, 503, 504].includes(response.status)) throw new Interruption()
  const problem = (await response.json().catch(() => null)) as Problem | null
  throw problem === null ? new Interruption() : new Refusal(problem, response.status)
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    addEventListener('online', () => (clearTimeout(timer), resolve()), { once: true })
  })

/** Sends a file to the end, however often the connection breaks. */
export async function uploadFile(
  file: File,
  slug: string,
  signedOut: string,
  unreadable: string,
  onState: (state: UploadState) => void,
): Promise<void> {
  onState({ kind: 'checking' })
  const bytes = await file.arrayBuffer().then(
    (buffer) => new Uint8Array(buffer),
    () => null,
  )
  if (bytes === null) return onState({ kind: 'refused', reason: unreadable, canRepeat: false })
  const request = JSON.stringify({ name: file.name, size: bytes.length, sha256: await sha256Of(bytes) })
  const key = crypto.getRandomValues(new Uint32Array(4)).join('-')
  let upload: UploadAnswer | null = null
  for (let attempt = 0; ; attempt++) {
    try {
      upload ??= await ask(`/api/v1/cities/${slug}/uploads`, {
        method: 'POST',
        body: request,
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
      })
      if (attempt > 0) upload = await ask(`/api/v1/uploads/${upload.id}`, {})
      while (upload.evidence === null) {
        onState({ kind: 'sending', sent: upload.offset })
        upload = await sendPiece(upload, bytes)
        attempt = 0
      }
      return onState({ kind: 'done', evidence: upload.evidence })
    } catch (error) {
      if (error instanceof Refusal && error.problem.code === 'UPLOAD_OFFSET' && upload !== null) {
        upload = { ...upload, offset: error.problem.offset ?? 0 }
      } else if (error instanceof Refusal) return onState(refused(error, signedOut))
      onState({ kind: 'waiting', sent: upload?.offset ?? 0 })
      await pause(Math.min(longestPause, 500 * 2 ** attempt))
    }
  }
}

function refused({ problem, status }: Refusal, signedOut: string): UploadState {
  if (status === 401) return { kind: 'refused', reason: signedOut, canRepeat: true }
  const canRepeat = status === 507 || ['FILE_HASH_DIFFERS', 'UPLOAD_NOT_FOUND', 'UPLOAD_INTERRUPTED'].includes(problem.code)
  return { kind: 'refused', reason: `${problem.detail} ${problem.now}`, canRepeat }
}

function sendPiece({ id, offset }: UploadAnswer, bytes: Uint8Array<ArrayBuffer>): Promise<UploadAnswer> {
  return ask(`/api/v1/uploads/${id}`, {
    method: 'PATCH',
    body: bytes.subarray(offset, offset + piece),
    headers: { 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' },
  })
}
