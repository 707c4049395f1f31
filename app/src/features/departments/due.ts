// Days until which answers are asked for. A day is a day of the calendar, YYYY-MM-DD, wherever the reader is.

/** The day it is somewhere. @param timeZone IANA name; one that is not known counts as UTC */
export function dayIn(timeZone: string, moment: Date): string {
  try {
    return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(moment)
  } catch {
    return moment.toISOString().slice(0, 10)
  }
}

/** Noon of a day on the server's clock, so that its date can be written out. */
export const noonOf = (day: string): Date => new Date(`${day}T12:00:00`)

export function addDays(day: string, days: number): string {
  const moment = new Date(`${day}T00:00:00Z`)
  moment.setUTCDate(moment.getUTCDate() + days)
  return moment.toISOString().slice(0, 10)
}

/** Whether there is such a day. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const moment = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text)
}

/** How many days before its day an assignment is brought to mind. */
export const remindedDaysBefore = 2

/**
 * Why a day cannot be set; a text key. A day that stood there before may stay, however late it is.
 * @param closesOn day on which the wave closes
 */
export function dueProblem(
  dueOn: string | null,
  { before = null, today, closesOn }: { before?: string | null; today: string; closesOn: string },
): 'departments.due.wrong' | 'departments.due.past' | 'departments.due.afterClosing' | null {
  if (dueOn === null || dueOn === before) return null
  if (!isDay(dueOn)) return 'departments.due.wrong'
  if (dueOn < today) return 'departments.due.past'
  return dueOn > closesOn ? 'departments.due.afterClosing' : null
}

/** Whether its day is over; the day itself still counts. */
export const isOverdue = (dueOn: string | null, today: string): boolean => dueOn !== null && dueOn < today
