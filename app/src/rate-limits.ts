/** What a request takes from a bucket, and how it stands afterwards. */
export interface Taken {
  isAllowed: boolean
  /** Requests in a full bucket, and per minute. */
  limit: number
  /** Requests left now. */
  remaining: number
  /** Seconds until one more is possible; 0 when one is. */
  retryAfter: number
  /** Seconds until the bucket is full again. */
  reset: number
}

interface Bucket {
  tokens: number
  /** ms */
  at: number
}

const minute = 60_000 // ms

/** About 100 bytes each. */
const maximumBuckets = 20_000

/**
 * Token buckets by name: each holds a minute's worth of requests and fills steadily. In memory, so every process counts by
 * itself. The names used longest ago are forgotten first; a forgotten bucket is a full one.
 */
export class Buckets {
  readonly perMinute: number
  private readonly maximum: number
  private readonly buckets = new Map<string, Bucket>()

  constructor(perMinute: number, maximum = maximumBuckets) {
    this.perMinute = perMinute
    this.maximum = maximum
  }

  get size(): number {
    return this.buckets.size
  }

  /** @param now ms */
  take(name: string, now: number): Taken {
    const tokens = this.fillOf(name, now)
    const isAllowed = tokens >= 1
    const left = isAllowed ? tokens - 1 : tokens
    this.buckets.delete(name) // so that it becomes the newest
    this.buckets.set(name, { tokens: left, at: now })
    this.forgetOldest(now)
    const seconds = (missing: number) => Math.max(0, Math.ceil((missing * minute) / this.perMinute / 1000))
    return {
      isAllowed,
      limit: this.perMinute,
      remaining: Math.floor(left),
      retryAfter: seconds(1 - left),
      reset: seconds(this.perMinute - left),
    }
  }

  private fillOf(name: string, now: number): number {
    const bucket = this.buckets.get(name)
    if (bucket === undefined) return this.perMinute
    return Math.min(this.perMinute, bucket.tokens + (Math.max(0, now - bucket.at) * this.perMinute) / minute)
  }

  private forgetOldest(now: number): void {
    for (const [name, { at }] of this.buckets) {
      if (this.buckets.size <= this.maximum && now - at < minute) return // after a minute a bucket is full
      this.buckets.delete(name)
    }
  }
}

/** One customer of an internet provider has a whole IPv6 network of 64 bits, so that is what counts. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.split('%')[0]!.split('::')
  const groups = head === '' ? [] : head.split(':')
  const end = tail ? tail.split(':') : []
  const whole = tail === undefined ? groups : [...groups, ...Array<string>(Math.max(0, 8 - groups.length - end.length)).fill('0'), ...end]
  return whole
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':')
}
