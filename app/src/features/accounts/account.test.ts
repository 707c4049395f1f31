import { describe, expect, it } from 'vitest'
import { describeBrowser, normaliseEmail, safeNext } from './account.ts'
import { parseAppCode, parseRecoveryCode, newRecoveryCodes } from './recovery-codes.ts'
import { createQueue } from './scrypt-queue.ts'
import { callerAddress } from './visit.ts'

describe('where a sign-in leads', () => {
  it('follows a path of this installation with its query', () => {
    expect(safeNext('/assessments/1?area=2#q')).toBe('/assessments/1?area=2#q')
  })
  it.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/.//evil.example',
    'javascript:alert(1)',
    'home',
    '',
    undefined,
  ])('does not follow %s', (next) => {
    expect(safeNext(next)).toBe('/home')
  })
  it('does not lead back to signing in or out', () => {
    expect(safeNext('/sign-out')).toBe('/home')
    expect(safeNext('/sign-in/code')).toBe('/home')
    expect(safeNext('/sign-instead')).toBe('/sign-instead')
  })
})

describe('what people type', () => {
  it('compares addresses in lower case without spaces around them', () => {
    expect(normaliseEmail('  Anna.Muster@City.EXAMPLE ')).toBe('anna.muster@city.example')
  })
  it('takes a code of the app with spaces and nothing else', () => {
    expect(parseAppCode(' 012 345 ')).toBe('012345')
    expect(parseAppCode('12345')).toBeNull()
    expect(parseAppCode('12345a')).toBeNull()
  })
  it('takes a recovery code however it was copied', () => {
    const code = newRecoveryCodes()[0]!
    expect(parseRecoveryCode(` ${code.toUpperCase().replaceAll('-', ' ')} `)).toBe(code)
    expect(parseRecoveryCode('O1il-0000-0000-0000-0000-0000')).toBe('0111-0000-0000-0000-0000-0000')
    expect(parseRecoveryCode('123456')).toBeNull()
  })
  it('makes ten different recovery codes of 120 bits', () => {
    const codes = newRecoveryCodes()
    expect(new Set(codes).size).toBe(10)
    expect(codes.every((code) => /^([0-9a-hjkmnp-tv-z]{4}-){5}[0-9a-hjkmnp-tv-z]{4}$/.test(code))).toBe(true)
  })
})

describe('the browser of a session', () => {
  it('is named by its own name, not by those it imitates', () => {
    const edge = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0'
    expect(describeBrowser(edge)).toEqual({ browser: 'Edge', system: 'Windows' })
    expect(describeBrowser('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')).toEqual({
      browser: 'Firefox',
      system: 'Linux',
    })
    expect(describeBrowser('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1')).toEqual({
      browser: 'Safari',
      system: 'iPhone',
    })
  })
  it('is unknown when it says nothing', () => {
    expect(describeBrowser(null)).toBeNull()
    expect(describeBrowser('')).toBeNull()
  })
})

describe('the network address of a caller', () => {
  const behindProxy = { publicUrl: 'https://tessera.example' }
  it('is the last one that our own proxy saw', () => {
    expect(callerAddress('127.0.0.1', '6.6.6.6, 203.0.113.7', behindProxy)).toBe('203.0.113.7')
  })
  it('is not what a stranger claims', () => {
    expect(callerAddress('203.0.113.9', '1.1.1.1', behindProxy)).toBe('203.0.113.9')
    expect(callerAddress('127.0.0.1', '1.1.1.1', { publicUrl: null })).toBe('127.0.0.1')
  })
})

describe('the queue of password hashes', () => {
  it('never runs more than its limit at once and finishes all, failures among them', async () => {
    const inTurn = createQueue(2)
    let running = 0
    let most = 0
    const work = (i: number) =>
      inTurn(async () => {
        most = Math.max(most, ++running)
        await new Promise((resolve) => setTimeout(resolve, 2))
        running--
        if (i === 3) throw new RangeError('wrong')
        return i
      })
    const done = await Promise.allSettled([0, 1, 2, 3, 4, 5].map(work))
    expect(most).toBe(2)
    expect(done.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
  })
})
