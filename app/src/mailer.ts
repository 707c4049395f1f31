import { randomUUID } from 'node:crypto'
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import type { Config } from './config.ts'

export interface Mail {
  to: string
  subject: string
  text: string
  /** The same for the same mail, so that one that is handed over twice can be recognised: in its head, and as the name of its file. */
  id?: string
}

export interface Mailer {
  send(mail: Mail): Promise<void>
}

const hostOf = (config: Config): string => new URL(config.publicUrl ?? 'http://tessera.localhost').hostname

/** Head of a mail that a program writes: nobody's absence notice answers it. */
const headOf = (config: Config, { id, ...mail }: Mail) => ({
  from: config.mailFrom,
  headers: { 'Auto-Submitted': 'auto-generated' },
  ...(id !== undefined && { messageId: `<${id}@${hostOf(config)}>` }),
  ...mail,
})

/** A mail server that does not answer is given up; nodemailer reads settings of the connection from the address. */
function withPatience(smtpUrl: string): string {
  const url = new URL(smtpUrl)
  for (const [name, ms] of [
    ['connectionTimeout', 10_000],
    ['greetingTimeout', 10_000],
    ['socketTimeout', 30_000],
  ] as const)
    if (!url.searchParams.has(name)) url.searchParams.set(name, String(ms))
  return url.href
}

/** Sends through SMTP_URL, or, without one, writes each mail as a file into DATA_DIR/outbox. */
export function createMailer(config: Config): Mailer {
  if (config.smtpUrl !== null) {
    const transport = createTransport(withPatience(config.smtpUrl))
    return { send: async (mail) => void (await transport.sendMail(headOf(config, mail))) }
  }
  const outbox = join(config.dataDir, 'outbox')
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'unix' })
  return {
    send: async (mail) => {
      const { message } = await composer.sendMail(headOf(config, mail))
      mkdirSync(outbox, { recursive: true, mode: 0o700 })
      const name = `${mail.id ?? `${new Date().toISOString().replaceAll(':', '-')}-${randomUUID().slice(0, 8)}`}.eml`
      writeFileSync(join(outbox, `.${name}`), message as Buffer, { mode: 0o600 })
      renameSync(join(outbox, `.${name}`), join(outbox, name))
    },
  }
}
