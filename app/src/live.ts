import pg from 'pg'

/** What happened in an assessment, told to whoever has it open. It carries no answer: whoever may read it asks for it. */
export interface LiveEvent {
  kind: 'saved' | 'answering'
  cityId: string
  assessmentId: string
  questionId: string
  /** Version that was saved; 0 with answering. */
  version: number
  /** Who; the name is shown beside the question. */
  by: { id: string; name: string }
}

export const liveChannel = 'tessera_live'

/** resync: the connection was lost for a while, so that events may have been missed. */
export type LiveListener = (event: LiveEvent | 'resync') => void

const retryAfter = 2_000 // milliseconds

/**
 * Hears what is notified in the database, by whichever process, and tells it to the streams of this one. One connection for
 * all of them, opened with the first and closed with the last.
 */
export class LiveHub {
  private readonly listeners = new Set<LiveListener>()
  private readonly connection: pg.ClientConfig
  private client: pg.Client | null = null
  private retry: ReturnType<typeof setTimeout> | null = null
  private isClosed = false

  constructor(connection: pg.ClientConfig) {
    this.connection = connection
  }

  /** @returns resolves once events are heard; the function ends it */
  async subscribe(listener: LiveListener): Promise<() => void> {
    this.listeners.add(listener)
    if (this.client === null) await this.connect()
    return () => {
      this.listeners.delete(listener)
      if (this.listeners.size === 0) void this.disconnect()
    }
  }

  get size(): number {
    return this.listeners.size
  }

  async close(): Promise<void> {
    this.isClosed = true
    this.listeners.clear()
    if (this.retry !== null) clearTimeout(this.retry)
    await this.disconnect()
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({ ...this.connection, application_name: 'tessera-live' })
    this.client = client
    client.on('error', () => this.lost(client))
    client.on('end', () => this.lost(client))
    client.on('notification', ({ payload }) => this.tell(JSON.parse(payload ?? '{}') as LiveEvent))
    try {
      await client.connect()
      await client.query(`listen ${liveChannel}`)
    } catch {
      this.lost(client)
    }
  }

  /** Tries again as long as somebody listens; what was missed meanwhile is asked for anew. */
  private lost(client: pg.Client): void {
    if (this.client !== client) return
    this.client = null
    void client.end().catch(() => {})
    if (this.isClosed || this.listeners.size === 0 || this.retry !== null) return
    this.retry = setTimeout(() => {
      this.retry = null
      void this.connect().then(() => this.client !== null && this.tell('resync'))
    }, retryAfter)
  }

  private async disconnect(): Promise<void> {
    const client = this.client
    this.client = null
    await client?.end().catch(() => {})
  }

  private tell(event: LiveEvent | 'resync'): void {
    for (const listener of this.listeners) listener(event)
  }
}
