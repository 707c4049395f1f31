import { describe, expect, it } from 'vitest'
import { Buckets, networkOf } from './rate-limits.ts'

describe('a bucket of requests', () => {
  it('allows a minute at once, then as many as flow in', () => {
    const buckets = new Buckets(6)
    for (let i = 0; i < 6; i++) expect(buckets.take('a', 0).isAllowed).toBe(true)
    expect(buckets.take('a', 0)).toEqual({ isAllowed: false, limit: 6, remaining: 0, retryAfter: 10, reset: 60 })
    expect(buckets.take('a', 9_999).isAllowed).toBe(false)
    expect(buckets.take('a', 10_000).isAllowed).toBe(true)
    expect(buckets.take('a', 10_000).isAllowed).toBe(false)
  })

  it('says how many are left and when it is full again', () => {
    const buckets = new Buckets(60)
    expect(buckets.take('a', 0)).toMatchObject({ remaining: 59, retryAfter: 0, reset: 1 })
    expect(buckets.take('a', 0)).toMatchObject({ remaining: 58, reset: 2 })
    expect(buckets.take('a', 60_000)).toMatchObject({ remaining: 59 })
  })

  it('is never fuller than a minute, and a clock that goes back takes nothing away', () => {
    const buckets = new Buckets(2)
    buckets.take('a', 100_000_000)
    expect(buckets.take('a', 0)).toMatchObject({ isAllowed: true, remaining: 0 })
  })

  it('counts each caller alone', () => {
    const buckets = new Buckets(1)
    expect(buckets.take('a', 0).isAllowed).toBe(true)
    expect(buckets.take('a', 0).isAllowed).toBe(false)
    expect(buckets.take('b', 0).isAllowed).toBe(true)
  })

  it('forgets full buckets after a minute, and the oldest when there are too many', () => {
    const buckets = new Buckets(10, 1000)
    for (let i = 0; i < 50_000; i++) buckets.take(`address:${i}`, 0)
    expect(buckets.size).toBe(1000)
    buckets.take('address:1', 61_000)
    expect(buckets.size).toBe(1)
  })
})

describe('a network address', () => {
  it('counts alone in IPv4, with its network of 64 bits in IPv6', () => {
    expect(networkOf('203.0.113.7')).toBe('203.0.113.7')
    expect(networkOf('::ffff:203.0.113.7')).toBe('203.0.113.7')
    expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2')
    expect(networkOf('2001:DB8:1:0002::1')).toBe('2001:db8:1:2')
    expect(networkOf('2001:db8::1')).toBe(networkOf('2001:db8:0:0:ffff::2'))
    expect(networkOf('fe80::1%eth0')).toBe('fe80:0:0:0')
    expect(networkOf('::1')).toBe('0:0:0:0')
  })
})
