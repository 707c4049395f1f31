import type { LiveEvent } from '../live.ts'

// One stream of events per browser: the tab that holds the lock listens and tells the others. When it is closed, the next takes over.

export interface LiveHandlers {
  onEvent(event: LiveEvent): void
  /** Events may have been missed. */
  onResync(): void
}

type Message = { kind: 'event'; event: LiveEvent } | { kind: 'resync' }

const openAgainAfter = 10_000 // milliseconds

/** Browsers reopen a stream that breaks off, but give up when they are refused, for example while the server starts. */
function listen(tell: (message: Message) => void): () => void {
  let source: EventSource
  let timer: ReturnType<typeof setTimeout> | undefined
  let wasReady = false
  const open = () => {
    source = openStream(tell, () => {
      if (wasReady) tell({ kind: 'resync' })
      wasReady = true
    })
    source.addEventListener('error', () => {
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, openAgainAfter)
    })
  }
  open()
  return () => {
    clearTimeout(timer)
    source.close()
  }
}

function openStream(tell: (message: Message) => void, onReady: () => void): EventSource {
  const source = new EventSource('/api/v1/live')
  for (const kind of ['saved', 'answering'])
    source.addEventListener(kind, ({ data }: MessageEvent<string>) => tell({ kind: 'event', event: JSON.parse(data) as LiveEvent }))
  source.addEventListener('resync', () => tell({ kind: 'resync' }))
  source.addEventListener('ready', onReady)
  return source
}

/** Hears what others do in the cities of this person. @returns ends it */
export function startLive(personId: string, { onEvent, onResync }: LiveHandlers): () => void {
  const name = `tessera-live-${personId}`
  const channel = new BroadcastChannel(name)
  const receive = (message: Message) => (message.kind === 'event' ? onEvent(message.event) : onResync())
  channel.addEventListener('message', ({ data }: MessageEvent<Message>) => receive(data))
  const ended = new AbortController()
  const lead = () =>
    new Promise<void>((resolve) => {
      const close = listen((message) => {
        channel.postMessage(message)
        receive(message)
      })
      ended.signal.addEventListener('abort', () => {
        close()
        resolve()
      })
    })
  void navigator.locks.request(name, { signal: ended.signal }, lead).catch(() => {})
  return () => {
    ended.abort()
    channel.close()
  }
}
