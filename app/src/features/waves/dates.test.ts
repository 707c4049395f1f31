import { describe, expect, it } from 'vitest'
import { dayOf, parseDayTime, timeOf } from './dates.ts'

describe('a day and a time', () => {
  it('are a moment on the clock of the server, and back', () => {
    const moment = parseDayTime('2026-05-31', '23:59')!
    expect([dayOf(moment), timeOf(moment)]).toEqual(['2026-05-31', '23:59'])
    expect(parseDayTime(' 2026-05-31 ', '9.05')).toEqual(new Date(2026, 4, 31, 9, 5))
  })

  it.each([
    ['2026-02-30', '10:00'],
    ['31.05.2026', '10:00'],
    ['2026-05-31', '24:00'],
    ['2026-05-31', '10'],
    ['', ''],
    ['0026-05-31', '10:00'],
  ])('do not exist as "%s" "%s"', (day, time) => expect(parseDayTime(day, time)).toBeNull())
})
