import { inContext, systemContext } from '../../db/context.ts'
import { AppError } from '../../errors.ts'
import { logFailure } from '../../log.ts'
import type { Services } from '../../services.ts'
import { normaliseEmail } from '../accounts/account.ts'
import { canEndRole } from '../accounts/membership.ts'
import { lockHolders } from '../accounts/membership-queries.ts'
import { findPerson, findPersonByEmail } from '../accounts/queries.ts'
import { forgetFailures } from '../accounts/sign-in-limits.ts'
import { recordEvent } from '../audit/queries.ts'
import { eraseFromFiles } from './files.ts'
import { endExpired, erasePersonRows, listRemaining } from './queries.ts'
import { retentionRules } from './retention-queries.ts'

/** What was erased, and where the name still stands because people wrote it into texts of a city. */
export interface ErasureReport {
  personId: string
  mails: number
  lines: number
  remaining: { column: string; rows: number }[]
}

type Needed = Pick<Services, 'db' | 'config' | 'secrets' | 'now'>

/**
 * Erases who a person was: account, sign-in, address, name, and details of events that tell of them. Answers, decisions and the chain
 * stay under a key that leads to nobody. Only for the operator.
 * @throws {AppError} PERSON_NOT_FOUND; STEP_NOT_AVAILABLE while the person is the last coordinator of a city or of the network
 */
export async function erasePerson(services: Services, typed: string): Promise<ErasureReport> {
  const email = normaliseEmail(typed)
  const now = services.now()
  const { id, name, remaining } = await inContext(services.db, systemContext, async (db) => {
    const found = await findPersonByEmail(db, email)
    const person = found && (await findPerson(db, found.id))
    if (person === null) throw new AppError('PERSON_NOT_FOUND')
    for (const { role, cityId } of person.memberships) {
      const step = canEndRole(role, await lockHolders(db, role, cityId))
      if (!step.ok) throw new AppError('STEP_NOT_AVAILABLE', { reason: `accounts.step.${step.reason}` })
    }
    await erasePersonRows(db, person, now)
    await recordEvent(db, { action: 'person.erased', personId: null, cityId: null, subject: `person:${person.id}`, payload: {}, now })
    return { id: person.id, name: person.name, remaining: await listRemaining(db, person) }
  })
  await forgetFailures(services, email)
  await forgetFailures(services, `reset:${email}`)
  return { personId: id, remaining, ...(await eraseFromFiles(services.config.dataDir, [email, name])) }
}

/** Ends what has been kept as long as privacy.yml promises. @returns rows by table, of those that lost any */
export async function sweepRetention({ db, now }: Pick<Needed, 'db' | 'now'>): Promise<Record<string, number>> {
  const at = now()
  return inContext(db, systemContext, async (tx) => {
    const swept: Record<string, number> = {}
    for (const rule of retentionRules) {
      const ended = await endExpired(tx, rule, at)
      if (ended > 0) swept[rule.name] = ended
    }
    return swept
  })
}

const day = 24 * 3600 * 1000 // ms

/** Sweeps now and every day. @returns ends it */
export function keepRetention(services: Pick<Needed, 'db' | 'now'>): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve()
  const sweep = () => {
    running = sweepRetention(services).catch((error: Error) => logFailure('retention', error)) // the next day tries again
  }
  sweep()
  const timer = setInterval(sweep, day)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}
