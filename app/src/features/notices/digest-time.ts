// Hours where people live. A day has one moment for each hour, also on the nights on which clocks are put forward or back.

/** Where somebody lives and when they want their digest. */
export interface DigestSettings {
  /** 0–23; null = no digest. */
  hour: number | null
  /** IANA name, such as Europe/Berlin. */
  zone: string
}

/** Hour of reminders for those who want no digest: they still find them in Tessera. */
const hourWithoutDigest = 7

const minute = 60_000 // ms
const day = 24 * 60 * minute

/** How long an action can be taken back before anybody is mailed. */
export const patience = { digest: 30 * minute, urgent: 5 * minute } as const

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  formats.set(zone, format)
  return format
}

/** What the clocks of a zone show, as if it were UTC: milliseconds. */
function wallClock(at: number, zone: string): number {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  )
  return Date.UTC(parts.year!, parts.month! - 1, parts.day, parts.hour, parts.minute, parts.second)
}

export const isTimeZone = (zone: string): boolean => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC'

/** Zones to choose from, by name. */
export const timeZones = (): string[] => [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])].sort()

/** The day in a zone, YYYY-MM-DD. */
export const dayIn = (at: Date, zone: string): string => new Date(wallClock(at.getTime(), zone)).toISOString().slice(0, 10)

/**
 * The moment at which an hour begins on a day in a zone. An hour that comes twice is its first; one that is left out is the moment
 * at which clocks are put forward past it.
 * @param dayText YYYY-MM-DD
 */
export function hourMoment(dayText: string, hour: number, zone: string): Date {
  const wanted = Date.parse(`${dayText}T00:00:00Z`) + hour * 60 * minute
  const offsets = [wanted - day, wanted + day].map((at) => wallClock(at, zone) - at)
  const moments = offsets.map((offset) => wanted - offset)
  const exact = moments.filter((at) => wallClock(at, zone) === wanted)
  return new Date(exact.length > 0 ? Math.min(...exact) : moments[0]!)
}

/** The day where the person lives, and the moment of their hour on it. */
export function todaysDigest({ hour, zone }: DigestSettings, now: Date): { day: string; at: Date } {
  const today = dayIn(now, zone)
  return { day: today, at: hourMoment(today, hour ?? hourWithoutDigest, zone) }
}

/** What happened until then is in the digest of that moment; later actions can still be taken back. */
export const digestCutOff = (at: Date): Date => new Date(at.getTime() - patience.digest)

/**
 * When the next digest comes if there is something to tell; null = never.
 * @param lastDay day of the last digest that was sent
 */
export function nextDigestAt(settings: DigestSettings, lastDay: string | null, now: Date): Date | null {
  if (settings.hour === null) return null
  const today = todaysDigest(settings, now)
  if (today.at > now && lastDay !== today.day) return today.at
  const tomorrow = new Date(Date.parse(`${today.day}T00:00:00Z`) + day).toISOString().slice(0, 10)
  return hourMoment(tomorrow, settings.hour, settings.zone)
}
