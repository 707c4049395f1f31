import { describe, expect, it } from 'vitest'
import { dayIn, hourMoment, isTimeZone, nextDigestAt, timeZones, todaysDigest } from './digest-time.ts'

const berlin = 'Europe/Berlin'

describe('an hour where people live', () => {
  it('has its moment in winter, in summer and on the other side of the date line', () => {
    expect(hourMoment('2026-01-15', 7, berlin).toISOString()).toBe('2026-01-15T06:00:00.000Z')
    expect(hourMoment('2026-07-15', 7, berlin).toISOString()).toBe('2026-07-15T05:00:00.000Z')
    expect(hourMoment('2026-07-15', 7, 'Pacific/Auckland').toISOString()).toBe('2026-07-14T19:00:00.000Z')
    expect(hourMoment('2026-07-15', 7, 'Asia/Kathmandu').toISOString()).toBe('2026-07-15T01:15:00.000Z') // 5:45 ahead
  })

  it('that the night in March leaves out is the moment at which clocks are put forward', () => {
    expect(hourMoment('2026-03-29', 2, berlin).toISOString()).toBe('2026-03-29T01:00:00.000Z') // 02:00 becomes 03:00
    expect(hourMoment('2026-03-29', 3, berlin).toISOString()).toBe('2026-03-29T01:00:00.000Z')
    expect(hourMoment('2026-03-29', 1, berlin).toISOString()).toBe('2026-03-29T00:00:00.000Z')
  })

  it('that the night in October has twice is the first of them', () => {
    expect(hourMoment('2026-10-25', 2, berlin).toISOString()).toBe('2026-10-25T00:00:00.000Z')
    expect(hourMoment('2026-10-25', 3, berlin).toISOString()).toBe('2026-10-25T02:00:00.000Z')
  })

  it('belongs to the day that it is there', () => {
    const now = new Date('2026-05-31T22:30:00Z')
    expect(dayIn(now, berlin)).toBe('2026-06-01')
    expect(dayIn(now, 'America/New_York')).toBe('2026-05-31')
    expect(todaysDigest({ hour: 7, zone: berlin }, now)).toEqual({ day: '2026-06-01', at: new Date('2026-06-01T05:00:00Z') })
  })
})

describe('the next digest', () => {
  const settings = { hour: 7, zone: berlin }
  it('comes today while the hour is ahead, and tomorrow when it is past or was sent', () => {
    expect(nextDigestAt(settings, null, new Date('2026-05-04T04:00:00Z'))).toEqual(new Date('2026-05-04T05:00:00Z'))
    expect(nextDigestAt(settings, null, new Date('2026-05-04T05:00:00Z'))).toEqual(new Date('2026-05-05T05:00:00Z'))
    expect(nextDigestAt(settings, '2026-05-04', new Date('2026-05-04T04:00:00Z'))).toEqual(new Date('2026-05-05T05:00:00Z'))
    expect(nextDigestAt({ hour: null, zone: berlin }, null, new Date('2026-05-04T04:00:00Z'))).toBeNull()
  })

  it('is at the same hour on the day on which clocks change', () => {
    expect(nextDigestAt(settings, null, new Date('2026-03-28T12:00:00Z'))).toEqual(new Date('2026-03-29T05:00:00Z'))
    expect(nextDigestAt(settings, null, new Date('2026-10-24T12:00:00Z'))).toEqual(new Date('2026-10-25T06:00:00Z'))
  })
})

it('knows the zones of the database and no others', () => {
  expect(timeZones()).toEqual(expect.arrayContaining(['Europe/Berlin', 'Europe/Riga', 'UTC']))
  expect(isTimeZone('Europe/Berlin')).toBe(true)
  expect(isTimeZone('Europe/Atlantis')).toBe(false)
  expect(isTimeZone('')).toBe(false)
})
