/** Characters. Length is the only rule: no composition, and pasting is welcome. */
export const minimumPasswordLength = 12
export const maximumPasswordLength = 128
export const maximumNameLength = 120 // characters

/** Addresses are compared and stored in lower case. */
export const normaliseEmail = (email: string): string => email.trim().toLowerCase()

const here = 'http://here.invalid'

/** Where to go after signing in: a path of this installation, whatever was asked for. */
export function safeNext(next: string | undefined, otherwise = '/home'): string {
  if (!next || !next.startsWith('/') || next.includes('\\') || !URL.canParse(next, here)) return otherwise
  const url = new URL(next, here)
  return url.origin === here && !/^\/(sign-in|sign-out)(\/|$)/.test(url.pathname) && !url.pathname.startsWith('//')
    ? url.pathname + url.search + url.hash
    : otherwise
}

export interface Browser {
  browser: string
  system: string
}

// Order matters: Edge and Opera also say Chrome, Chrome also says Safari.
const browsers = [
  ['Edg', 'Edge'],
  ['OPR', 'Opera'],
  ['Firefox', 'Firefox'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
  ['curl', 'curl'],
  ['node', 'Node.js'],
] as const
const systems = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['Mac OS', 'macOS'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
] as const

/** Browser and system as people know them, from the User-Agent header; null when it says neither. */
export function describeBrowser(userAgent: string | null): Browser | null {
  const find = (names: readonly (readonly [string, string])[]) => names.find(([mark]) => userAgent?.includes(mark))?.[1]
  const browser = find(browsers)
  const system = find(systems)
  return browser === undefined && system === undefined ? null : { browser: browser ?? '–', system: system ?? '–' }
}
