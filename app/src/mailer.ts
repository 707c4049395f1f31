import { randomUUID } from 'node:crypto'
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import type { Config } from './config.ts'

export interface Mail {
  to: string
  subject: string
  text: string
}

export interface Mailer {
  send(mail: Mail): Promise<void>
}

/** Sends through SMTP_URL, or, without one, writes each mail as a file into DATA_DIR/outbox. */
export function createMailer(config: Config): Mailer {
  if (config.smtpUrl !== null) {
    const transport = createTransport(config.smtpUrl)
    return { send: async (mail) => void (await transport.sendMail({ from: config.mailFrom, ...mail })) }
  }
  const outbox = join(config.dataDir, 'outbox')
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'unix' })
  return {
    send: async (mail) => {
      const { message } = await composer.sendMail({ from: config.mailFrom, ...mail })
      mkdirSync(outbox, { recursive: true, mode: 0o700 })
      const name = `${new Date().toISOString().replaceAll(':', '-')}-${randomUUID().slice(0, 8)}.eml`
      writeFileSync(join(outbox, `.${name}`), message as Buffer, { mode: 0o600 })
      renameSync(join(outbox, `.${name}`), join(outbox, name))
    },
  }
}
