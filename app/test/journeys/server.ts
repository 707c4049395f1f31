import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { appFolder } from '../../src/paths.ts'

// The built product as its users have it: a server process of its own, on its own data folder, killed and started at will.

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags })

export interface DemoAccount {
  role: string
  city: string | null
  email: string
  password: string
}

export class TestServer {
  readonly dataDir: string
  port: number
  private child: ChildProcess | null = null
  private readonly env: Record<string, string>
  private lacksDemo: boolean

  /** @param isFresh whether the data folder is empty at the first start; else it holds the demonstration already */
  constructor(env: Record<string, string> = {}, { isFresh = false } = {}) {
    this.dataDir = mkdtempSync(join(tmpdir(), 'tessera-journey-'))
    chmodSync(this.dataDir, 0o755)
    this.port = 0
    this.env = env
    this.lacksDemo = !isFresh
  }

  get address(): string {
    return `http://localhost:${this.port}`
  }

  /** Starts the server and waits for its own word that it is ready. @returns what it printed */
  async start(): Promise<string> {
    if (this.lacksDemo) this.copyDemo()
    const child = spawn(process.execPath, [resolve(appFolder, 'dist/server/server.js')], {
      env: { PATH: process.env.PATH, LANG: 'en_GB.UTF-8', DATA_DIR: this.dataDir, PORT: String(this.port), RATE_LIMIT: '0', ...this.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.child = child
    let output = ''
    await new Promise<void>((ready, failed) => {
      const read = (chunk: Buffer) => {
        output += chunk.toString()
        const address = /ready at \S+:(\d+)[\s\S]+demo-accounts\.json/.exec(output)
        if (address === null) return
        this.port = Number(address[1])
        ready()
      }
      child.stdout!.on('data', read)
      child.stderr!.on('data', read)
      child.once('exit', (code) => failed(new Error(`the server ended with ${code}: ${output}`)))
    })
    child.removeAllListeners('exit')
    return output
  }

  /** Copies the folder of `prepare-demo.ts`; its database belongs to an account of its own and stays with it. */
  private copyDemo(): void {
    this.lacksDemo = false
    const copied = spawnSync('cp', ['-a', `${process.env.JOURNEYS_DEMO}/.`, this.dataDir], { encoding: 'utf8' })
    if (copied.status !== 0) throw new Error(`copying the demonstration failed: ${copied.stderr}`)
  }

  /** kill -9: the server gets no chance to say goodbye. */
  async kill(): Promise<void> {
    const child = this.child
    if (child === null || child.exitCode !== null || child.signalCode !== null) return
    await new Promise((gone) => {
      child.once('exit', gone)
      child.kill('SIGKILL')
    })
  }

  /** Process id of the database that this server works with. */
  databasePid(): number {
    return Number(readFileSync(join(this.dataDir, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0])
  }

  /** Ends the server and its database; the data folder stays. */
  async end(): Promise<void> {
    const child = this.child!
    await new Promise((gone) => {
      child.once('exit', gone)
      child.kill('SIGTERM')
    })
  }

  async stop(): Promise<void> {
    const child = this.child
    if (child !== null && child.exitCode === null && child.signalCode === null) await this.end()
    else {
      // killed before: a clean start and stop ends the database, too
      await this.start()
        .then(() => this.stop())
        .catch(() => {})
      return
    }
    rmSync(this.dataDir, { recursive: true, force: true })
  }

  accounts(): DemoAccount[] {
    const content = JSON.parse(readFileSync(join(this.dataDir, 'demo-accounts.json'), 'utf8')) as
      | { accounts?: DemoAccount[] }
      | DemoAccount[]
    return Array.isArray(content) ? content : content.accounts!
  }

  account(email: string): DemoAccount {
    return this.accounts().find((account) => account.email.startsWith(email))!
  }
}

/** A person at the API: signed in, with the cookie of the session. */
export class ApiClient {
  /** Of the session; for requests that a test sends by itself. */
  cookie = ''
  private readonly server: TestServer

  constructor(server: TestServer) {
    this.server = server
  }

  async signIn(email: string, password: string): Promise<void> {
    const response = await this.call('POST', '/api/v1/session', { email, password })
    if (!response.ok) throw new Error(`signing in failed: ${await response.text()}`)
    this.cookie = response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ')
  }

  call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.server.address + path, {
      method,
      headers: {
        Cookie: this.cookie,
        ...(body !== undefined && !(body instanceof Blob) && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: body === undefined || body instanceof Blob ? body : JSON.stringify(body),
      redirect: 'manual',
    })
  }

  async get<T>(path: string): Promise<T> {
    const response = await this.call('GET', path)
    if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }

  save(assessmentId: string, questionId: string, version: number, patch: unknown): Promise<Response> {
    return this.call('PUT', `/api/v1/assessments/${assessmentId}/answers/${questionId}`, patch, { 'If-Match': `"${version}"` })
  }
}
