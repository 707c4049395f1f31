const pad = (number: number): string => String(number).padStart(2, '0')

/**
 * A day and a time as forms send them, in the time zone of the server, which decides all deadlines.
 * @param day ISO 8601, such as 2026-05-31
 * @param time 23:59, 9:00 or 9.00
 * @returns null when there is no such day or time
 */
export function parseDayTime(day: string, time: string): Date | null {
  const dayParts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day.trim())
  const timeParts = /^(\d{1,2})[:.](\d{2})$/.exec(time.trim())
  if (dayParts === null || timeParts === null) return null
  const [year, month, date] = dayParts.slice(1).map(Number) as [number, number, number]
  const [hour, minute] = timeParts.slice(1).map(Number) as [number, number]
  if (year < 2000 || hour > 23 || minute > 59) return null
  const moment = new Date(year, month - 1, date, hour, minute)
  return moment.getMonth() === month - 1 && moment.getDate() === date ? moment : null
}

/** The day of a moment on the server's clock, as a date field wants it. */
export const dayOf = (moment: Date): string => `${moment.getFullYear()}-${pad(moment.getMonth() + 1)}-${pad(moment.getDate())}`

export const timeOf = (moment: Date): string => `${pad(moment.getHours())}:${pad(moment.getMinutes())}`

/** Name of the server's time zone, such as Europe/Berlin. */
export const serverZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone
