import type { Config } from '../../config.ts'
import { inContext, systemContext } from '../../db/context.ts'
import type { Db } from '../../db/open.ts'
import { hashOf } from '../../canonical.ts'
import { logFailure } from '../../log.ts'
import type { Services } from '../../services.ts'
import type { Language } from '../../text/catalogue.ts'
import { languageOf, noticeMail } from './digest-mail.ts'
import { getHead } from '../audit/queries.ts'
import { digestCutOff, patience, todaysDigest } from './digest-time.ts'
import type { DueSource, SubjectNames } from './notice.ts'
import {
  addReminders,
  deleteOldNotices,
  hasDigest,
  insertDigest,
  listDigestRecipients,
  listReminded,
  listUrgentRecipients,
  type Recipient,
  takeNotices,
  takeReminderTurn,
  takeTurn,
} from './sending-queries.ts'

/** What sending needs; later features hand in names and reminders. */
export interface SendingTools extends Pick<Services, 'db' | 'mailer' | 'config'> {
  namesIn(language: Language): SubjectNames
  sources: readonly DueSource[]
}

/** How many mails of each kind went out, and how many reminders were made. */
export interface Sent {
  urgent: number
  digests: number
  reminders: number
}

const retention = 90 * 24 * 60 * 60_000 // ms that notices are kept, as privacy.yml says
const betweenSweeps = 24 * 60 * 60_000 // ms
const afterRefusal = 60 * 60_000 // ms until an address that was refused is tried again

/** The mail server is there and will not take this one mail; anything else means that it is away. */
const refusals = new Set(['EENVELOPE', 'EMESSAGE'])
const isRefusal = (error: unknown): boolean => refusals.has((error as { code?: string }).code ?? '')

/** Demonstration accounts have no mailbox; what they would get is kept where mails are written into a folder. */
const hasMailbox = (config: Config, { isDemo }: Recipient): boolean => !isDemo || config.smtpUrl === null

/**
 * Sends what people should hear of: what cannot wait after five minutes, all else in one digest a day at the hour they chose.
 * A mail is handed over inside the transaction that marks its notices as mailed: what is not handed over stays for the next try, and
 * what was handed over just before a crash carries the same id when it comes again (decision 0017).
 */
export class NoticeSender {
  private readonly tools: SendingTools
  private remindedUntil: Date | null = null
  private sweptAt: Date | null = null
  private readonly refusedUntil = new Map<string, Date>()

  constructor(tools: SendingTools) {
    this.tools = tools
  }

  /**
   * One pass over everybody.
   * @param isForced does not wait for hours and patience; a person still gets at most one digest a day
   * @throws whatever the mail server's absence throws; what was not sent waits
   */
  async send(now: Date, isForced = false): Promise<Sent> {
    const reminders = await this.remind(now, isForced)
    const urgent = await this.sendUrgent(now, isForced)
    const digests = await this.sendDigests(now, isForced)
    await this.sweep(now)
    return { urgent, reminders, digests }
  }

  /** Once a day, after what is due has gone out. */
  private async sweep(now: Date): Promise<void> {
    if (this.sweptAt !== null && now.getTime() - this.sweptAt.getTime() < betweenSweeps) return
    await this.inSystem((db) => deleteOldNotices(db, new Date(now.getTime() - retention)))
    this.sweptAt = now
  }

  private inSystem<T>(work: (db: Db) => Promise<T>): Promise<T> {
    return inContext(this.tools.db, systemContext, work)
  }

  /** Writes to each in a transaction of their own; a refused address stops nobody else. */
  private async toEach(
    recipients: readonly Recipient[],
    now: Date,
    send: (db: Db, recipient: Recipient) => Promise<boolean>,
  ): Promise<number> {
    let sent = 0
    for (const recipient of recipients) {
      if (!hasMailbox(this.tools.config, recipient) || (this.refusedUntil.get(recipient.id) ?? now) > now) continue
      try {
        if (await this.inSystem(async (db) => (await takeTurn(db, recipient.id)) && send(db, recipient))) sent++
      } catch (error) {
        if (!isRefusal(error)) throw error
        this.refusedUntil.set(recipient.id, new Date(now.getTime() + afterRefusal))
        logFailure('notice mail', error)
      }
    }
    return sent
  }

  private async sendUrgent(now: Date, isForced: boolean): Promise<number> {
    const until = new Date(now.getTime() - (isForced ? 0 : patience.urgent))
    const recipients = await this.inSystem((db) => listUrgentRecipients(db, until))
    return this.toEach(recipients, now, async (db, recipient) => {
      const notices = await takeNotices(db, recipient.id, { isUrgent: true, until }, now)
      if (notices.length === 0) return false
      const id = `urgent-${hashOf(notices.map((notice) => notice.id)).slice(0, 24)}`
      await this.handOver({ recipient, notices, kind: 'urgent', head: await getHead(db), id })
      return true
    })
  }

  private async sendDigests(now: Date, isForced: boolean): Promise<number> {
    const candidates = await this.inSystem((db) => listDigestRecipients(db, isForced ? now : digestCutOff(now)))
    const due = candidates.filter((recipient) => recipient.hour !== null && (isForced || todaysDigest(recipient, now).at <= now))
    return this.toEach(due, now, async (db, recipient) => {
      const { day, at } = todaysDigest(recipient, now)
      if (await hasDigest(db, recipient.id, day)) return false
      const until = isForced ? now : digestCutOff(at)
      const notices = await takeNotices(db, recipient.id, { isUrgent: false, until }, now)
      if (notices.length === 0) return false
      await insertDigest(db, { personId: recipient.id, day, sentAt: now, notices: notices.length })
      await this.handOver({ recipient, notices, kind: 'digest', head: await getHead(db), id: `${day}-digest-${recipient.id}` })
      return true
    })
  }

  private handOver(mail: Parameters<typeof noticeMail>[1]): Promise<void> {
    const { config, mailer, namesIn } = this.tools
    return mailer.send(noticeMail(config, mail, namesIn(languageOf(mail.recipient))))
  }

  /** Asks for the reminders of those whose hour has come since the last pass; after a start, of those whose hour it was today. */
  private async remind(now: Date, isForced: boolean): Promise<number> {
    const { sources } = this.tools
    if (sources.length === 0) return 0
    const since = this.remindedUntil
    const made = await this.inSystem(async (db) => {
      const people = await listReminded(db)
      const due = people.filter((person) => {
        const { at } = todaysDigest(person, now)
        return isForced || (at <= now && (since === null || at > since))
      })
      if (due.length === 0) return 0
      await takeReminderTurn(db)
      return this.addDue(db, due, now)
    })
    this.remindedUntil = now
    return made
  }

  /** Each source is asked once for each day that it is somewhere among these people: two or three at most. */
  private async addDue(db: Db, people: readonly Recipient[], now: Date): Promise<number> {
    const byDay = Map.groupBy(people, (person) => todaysDigest(person, now).day)
    let made = 0
    for (const [day, its] of byDay) {
      const ids = new Set(its.map(({ id }) => id))
      const reminders = []
      for (const source of this.tools.sources) reminders.push(...(await source(db, day)))
      made += await addReminders(
        db,
        reminders.filter(({ personId }) => ids.has(personId)),
        now,
      )
    }
    return made
  }
}
