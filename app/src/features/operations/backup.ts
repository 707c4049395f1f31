import { z } from 'zod'

// What a backup says about itself. It is one file: a tar archive, compressed with gzip, that any tar can open. Inside are
// `tables/<table>.csv` (as PostgreSQL's COPY writes them), `files/...`, perhaps `secrets.json`, and `manifest.json` at the end.

export const backupFormat = 'tessera-backup'
export const backupFormatVersion = 1

export const tableMember = (table: string): string => `tables/${table}.csv`
export const fileMember = (storedAs: string): string => `files/${storedAs}`
export const secretsMember = 'secrets.json'
export const manifestMember = 'manifest.json'

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.number().int().min(0)
/** A path below a folder that leads nowhere else. */
const storedName = z.string().regex(/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/)

export const manifestSchema = z.object({
  format: z.literal(backupFormat),
  formatVersion: z.literal(backupFormatVersion),
  madeAt: z.iso.datetime(),
  /** Version of the program that made it. */
  program: z.string(),
  server: z.string(),
  /** Migrations that the database had seen, in order: SHA-256 of each. */
  migrations: z.array(hash).min(1),
  tables: z.array(z.object({ table: z.string(), columns: z.array(z.string()), rows: count, sha256: hash, size: count })),
  sequences: z.array(z.object({ sequence: z.string(), value: count, isCalled: z.boolean() })),
  files: z.array(z.object({ storedAs: storedName, sha256: hash, size: count })),
  /** Files that the database lists but that could not be read, or are no longer what they were. */
  lostFiles: z.array(z.object({ storedAs: z.string(), problem: z.enum(['missing', 'changed']) })),
  /** End of the audit chain. */
  audit: z.object({ seq: count, hash }),
  secrets: z.object({ sha256: hash, size: count }).nullable(),
  /** Whether it holds invented data. */
  isSynthetic: z.boolean(),
})

export type Manifest = z.infer<typeof manifestSchema>

/** One member of the archive, as the manifest promises it or as it was found. */
export interface Member {
  readonly sha256: string
  readonly size: number
}

/** Every member that the manifest promises, by name. */
export function promisedMembers({ tables, files, secrets }: Manifest): Map<string, Member> {
  return new Map<string, Member>([
    ...tables.map((table): [string, Member] => [tableMember(table.table), table]),
    ...files.map((file): [string, Member] => [fileMember(file.storedAs), file]),
    ...(secrets === null ? [] : [[secretsMember, secrets] as [string, Member]]),
  ])
}

/** @returns the name of the first member that is missing, too many or not what the manifest promises; null when all fit */
export function findUnfitMember(manifest: Manifest, found: ReadonlyMap<string, Member>): string | null {
  const promised = promisedMembers(manifest)
  for (const [name, { sha256, size }] of promised) {
    const member = found.get(name)
    if (member?.sha256 !== sha256 || member.size !== size) return name
  }
  return [...found.keys()].find((name) => name !== manifestMember && !promised.has(name)) ?? null
}

/** How the schema of a backup stands to the program's own: the same, older (can be brought up to date), newer, or of another line. */
export type SchemaAge = 'same' | 'older' | 'newer' | 'other'

export function compareSchemas(ofBackup: readonly string[], ofProgram: readonly string[]): SchemaAge {
  const common = Math.min(ofBackup.length, ofProgram.length)
  if (ofBackup.slice(0, common).some((migration, i) => migration !== ofProgram[i])) return 'other'
  if (ofBackup.length === ofProgram.length) return 'same'
  return ofBackup.length < ofProgram.length ? 'older' : 'newer'
}
