import { type Command, InvalidArgumentError } from 'commander'
import { inOneMoment } from '../../db/context.ts'
import { AppError } from '../../errors.ts'
import { runCommand } from '../../terminal.ts'
import type { TextKey } from '../../text/catalogue.ts'
import { formatDateTime, type Translator } from '../../text/text.ts'
import { sayLine, withServices } from '../../with-services.ts'
import { findLostAnchor, readAnchors } from '../audit/anchor.ts'
import { findBreak, isHash, type StoredEvent } from '../audit/audit.ts'
import { getHead, listEvents } from '../audit/queries.ts'
import type { Finding } from './seals.ts'
import { checkReplay, checkSeals } from './usecases.ts'

/** A finding in words. */
export const describeFinding = (t: Translator, { text, kind, key }: Finding): string =>
  t(text as TextKey, { what: t(`record.kind.${kind}`), key })

/** Hashes that somebody kept elsewhere: each must be that of an event. What was cut off, or written anew, has none of them. */
function checkKept(t: Translator, events: readonly StoredEvent[], kept: readonly string[]): string[] {
  const byHash = new Map(events.map((event) => [event.hash, event]))
  return kept.map((hash) => {
    const event = byHash.get(hash)
    if (event === undefined) throw new AppError('AUDIT_BROKEN', { finding: 'record.break.unknownHead', hash, seq: events.length })
    return t('record.cli.kept', { seq: event.seq, at: formatDateTime(t.language, new Date(event.at)), hash })
  })
}

async function verify(t: Translator, kept: readonly string[]): Promise<void> {
  await withServices(async ({ db, config, instruments }) => {
    const { events, head, seals } = await inOneMoment(db, async (tx) => {
      const found = await listEvents(tx)
      return { head: await getHead(tx), events: found, seals: await checkSeals(tx, instruments, found) }
    })
    const finding = findBreak(events, head)
    if (finding !== null) throw new AppError('AUDIT_BROKEN', { ...finding })
    const anchors = readAnchors(config.dataDir)
    const lost = findLostAnchor(anchors, new Map(events.map(({ seq, hash }) => [seq, hash])))
    if (lost !== null) throw new AppError('AUDIT_BROKEN', { finding: 'record.break.lost', seq: lost.seq, at: new Date(lost.at) })
    const found = checkKept(t, events, kept)
    if (seals.findings.length > 0)
      throw new AppError('RECORD_ALTERED', { findings: seals.findings.map((each) => describeFinding(t, each)).join('\n') })
    sayLine(t('cli.audit.whole', { count: events.length, hash: head.hash }))
    for (const line of found) sayLine(line)
    sayLine(t('record.cli.anchored', { count: anchors.length, seq: anchors.at(-1)?.seq ?? 0 }))
    sayLine(t('record.cli.sealed', { count: seals.checked }))
  })
}

async function replayAll(t: Translator): Promise<void> {
  await withServices(async ({ db }) => {
    const found = await inOneMoment(db, async (tx) => checkReplay(tx, await listEvents(tx)))
    sayLine(t('record.cli.replayed', { count: found.compared, hash: found.replayedHash }))
    sayLine(t('record.cli.present', { hash: found.presentHash }))
    if (found.loaded > 0) sayLine(t('record.cli.loaded', { count: found.loaded }))
    for (const key of found.erased) sayLine(t('record.cli.erased', { key }))
    if (found.differing.length > 0)
      throw new AppError('RECORD_ALTERED', { findings: found.differing.map((key) => t('record.cli.differs', { key })).join('\n') })
    sayLine(t('record.cli.equal'))
  })
}

/** Reads one hash after the other, as they stand in mails, receipts and published results. */
const hashReader =
  (t: Translator) =>
  (value: string, before: string[]): string[] => {
    const hash = value.trim().toLowerCase()
    if (!isHash(hash)) throw new InvalidArgumentError(t('record.cli.headRule'))
    return [...before, hash]
  }

/** `tessera audit verify`: events and sealed rows against the chain of hashes; `tessera audit replay`: the present from the events alone. */
export function registerAuditCommands(program: Command, t: Translator): void {
  const audit = program.command('audit').description(t('cli.audit.description'))
  audit
    .command('verify')
    .description(t('cli.audit.verify'))
    .option('--head <hash>', t('record.cli.head'), hashReader(t), [])
    .action(({ head }: { head: string[] }) => runCommand(t, () => verify(t, head)))
  audit
    .command('replay')
    .description(t('record.cli.replay'))
    .action(() => runCommand(t, () => replayAll(t)))
}
