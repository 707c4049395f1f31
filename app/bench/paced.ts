import { Agent, request } from 'node:http'

// Requests at a given pace, whether or not the earlier ones have been answered: as many people would send them.

export interface Editor {
  cookie: string
  assessmentId: string
  questions: { id: string; version: number }[]
}

export interface PacedOrder {
  base: string
  editors: Editor[]
  savesPerSecond: number
  readsPerSecond: number
  seconds: number
}

/** A text that was acknowledged. */
export interface Saved {
  text: string
}

export interface Latencies {
  requests: number
  p50Ms: number
  p95Ms: number
  p99Ms: number
  /** Answers that were none or no success, by status; 0 = no answer. */
  failures: Record<string, number>
}

export interface PacedReport {
  saves: Latencies
  reads: Latencies
  saved: Saved[]
  /** The most requests that waited at one moment. */
  mostWaiting: number
}

interface Measured {
  times: number[]
  failures: Record<string, number>
}

const agent = new Agent({ keepAlive: true, maxSockets: 200 })

function ask(
  url: string,
  method: string,
  headers: Record<string, string>,
  body?: string,
): Promise<{ status: number; etag: string | undefined }> {
  return new Promise((resolve) => {
    const sent = request(url, { agent, method, headers }, (response) => {
      response.resume()
      response.on('end', () => resolve({ status: response.statusCode ?? 0, etag: response.headers.etag }))
    })
    sent.on('error', () => resolve({ status: 0, etag: undefined }))
    sent.end(body)
  })
}

async function timed(measured: Measured, work: () => Promise<{ status: number; etag: string | undefined }>) {
  const started = performance.now()
  const answer = await work()
  measured.times.push(performance.now() - started)
  if (answer.status !== 200) measured.failures[answer.status] = (measured.failures[answer.status] ?? 0) + 1
  return answer
}

const percentile = (sorted: readonly number[], p: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * p) - 1)] ?? NaN

function summarise({ times, failures }: Measured): Latencies {
  const sorted = [...times].sort((a, b) => a - b)
  const [p50Ms, p95Ms, p99Ms] = [0.5, 0.95, 0.99].map((p) => percentile(sorted, p)) as [number, number, number]
  return { requests: times.length, p50Ms, p95Ms, p99Ms, failures }
}

/** Calls `work` so many times a second. @returns when the last one was sent */
async function atPace(perSecond: number, seconds: number, work: (turn: number) => void): Promise<void> {
  const started = performance.now()
  for (let turn = 0; turn < perSecond * seconds; turn++) {
    const due = started + (turn * 1000) / perSecond
    const left = due - performance.now()
    if (left > 0) await new Promise((resolve) => setTimeout(resolve, left))
    work(turn)
  }
}

/** What people look at while others save: their tasks, an area, their answers as data, their front page. */
function readPath({ assessmentId }: Editor, turn: number): string {
  const pages = [
    `/assessments/${assessmentId}/areas/commitment`,
    `/assessments/${assessmentId}`,
    `/api/v1/assessments/${assessmentId}/answers`,
    '/home',
  ]
  return pages[turn % pages.length]!
}

/** Runs to its end; in a process of its own, so that it does not take the server's time. */
export async function runPaced({ base, editors, savesPerSecond, readsPerSecond, seconds }: PacedOrder): Promise<PacedReport> {
  const saves: Measured = { times: [], failures: {} }
  const reads: Measured = { times: [], failures: {} }
  const saved: Saved[] = []
  const pending = new Set<Promise<unknown>>()
  let mostWaiting = 0
  const send = (work: Promise<unknown>) => {
    pending.add(work)
    mostWaiting = Math.max(mostWaiting, pending.size)
    void work.finally(() => pending.delete(work))
  }
  const save = async (turn: number) => {
    const editor = editors[turn % editors.length]!
    const question = editor.questions[Math.floor(turn / editors.length) % editor.questions.length]!
    const text = `editor ${turn % editors.length} writes ${turn}`
    const headers = { cookie: editor.cookie, 'content-type': 'application/json', 'if-match': `"${question.version}"` }
    const url = `${base}/api/v1/assessments/${editor.assessmentId}/answers/${question.id}`
    const { status, etag } = await timed(saves, () => ask(url, 'PUT', headers, JSON.stringify({ explanation: text })))
    if (status !== 200) return
    saved.push({ text })
    question.version = Number(etag?.replaceAll(/\D/g, ''))
  }
  const read = (turn: number) => {
    const editor = editors[(turn * 7) % editors.length]!
    return timed(reads, () => ask(base + readPath(editor, turn), 'GET', { cookie: editor.cookie, 'accept-language': 'en' }))
  }
  await Promise.all([
    atPace(savesPerSecond, seconds, (turn) => send(save(turn))),
    atPace(readsPerSecond, seconds, (turn) => send(read(turn))),
  ])
  await Promise.all(pending)
  agent.destroy()
  return { saves: summarise(saves), reads: summarise(reads), saved, mostWaiting }
}
