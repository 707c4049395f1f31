import { z } from '@hono/zod-openapi'
import { requiredText, versionField } from '../cities/schemas.ts'
import { parseDayTime } from './dates.ts'
import { closingProblem, periodProblem, type WaveTimes } from './wave.ts'

const moment = z.string().trim().catch('')

/** A day and a time; null and an issue at the day or the time when there is no such moment. */
function takeMoment(ctx: z.RefinementCtx, prefix: 'opens' | 'closes', day: string, time: string): Date | null {
  const isTimeWrong = parseDayTime('2026-01-01', time) === null
  if (parseDayTime(day, '12:00') === null) ctx.addIssue({ code: 'custom', path: [`${prefix}On`], message: 'waves.form.day.wrong' })
  if (isTimeWrong) ctx.addIssue({ code: 'custom', path: [`${prefix}Time`], message: 'waves.form.time.wrong' })
  return parseDayTime(day, time)
}

/** Name and dates as people type them; every field that does not fit is named. */
export function waveFormSchema(now: Date): z.ZodType<{ name: string; opensAt: Date; closesAt: Date; version: number }> {
  const raw = z.object({
    name: requiredText('waves.form.name.missing').max(120, 'waves.form.name.tooLong'),
    opensOn: moment,
    opensTime: moment,
    closesOn: moment,
    closesTime: moment,
    version: versionField.catch(0),
  })
  return raw.transform(({ name, version, ...fields }, ctx) => {
    const opensAt = takeMoment(ctx, 'opens', fields.opensOn, fields.opensTime)
    const closesAt = takeMoment(ctx, 'closes', fields.closesOn, fields.closesTime)
    if (opensAt === null || closesAt === null) return z.NEVER
    const problem = periodProblem({ opensAt, closesAt }, now)
    if (problem !== null) ctx.addIssue({ code: 'custom', path: ['closesOn'], message: problem })
    return { name, version, opensAt, closesAt }
  })
}

/** A new closing time for a wave. */
export function closingFormSchema(wave: WaveTimes, step: 'extend' | 'reopen', now: Date): z.ZodType<{ closesAt: Date; version: number }> {
  return z.object({ closesOn: moment, closesTime: moment, version: versionField }).transform(({ closesOn, closesTime, version }, ctx) => {
    const closesAt = takeMoment(ctx, 'closes', closesOn, closesTime)
    if (closesAt === null) return z.NEVER
    const problem = closingProblem(wave, step, closesAt, now)
    if (problem !== null) ctx.addIssue({ code: 'custom', path: ['closesOn'], message: problem })
    return { closesAt, version }
  })
}

/** Ticked cities, and pasted ones: one per line or separated by semicolons. */
export const inviteFormSchema = z
  .object({
    city: z.union([z.string().transform((slug) => [slug]), z.array(z.string())]).catch([]),
    pasted: z.string().catch('').transform(splitPasted),
  })
  .refine(({ city, pasted }) => city.length + pasted.length > 0, { path: ['city'], message: 'waves.invite.none' })
  .refine(({ city, pasted }) => city.length + pasted.length <= 500, { path: ['city'], message: 'waves.invite.tooMany' })

/** The names in a pasted list, without empty lines and repetitions. */
export function splitPasted(text: string): string[] {
  return [
    ...new Set(
      text
        .split(/[\n;]/)
        .map((name) => name.trim())
        .filter((name) => name !== ''),
    ),
  ]
}
