import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse } from 'yaml'
import type { ClusterScheme, InstrumentText, QuestionRules, Scope } from './instrument.ts'
import type { InstrumentProblem } from './instrument-problem.ts'

/** One file of an instrument as it was read; its form is checked against its schema before anything else uses it. */
export interface InstrumentFile<T> {
  /** Path below the instrument's folder. */
  readonly path: string
  /** Name without folder and ending. */
  readonly name: string
  readonly content: T
}

/** instrument.yaml */
export interface StructureFile {
  readonly id: string
  readonly version: string
  readonly licence: string
  readonly languages: readonly string[]
  readonly retired?: readonly string[]
  readonly dimensions: readonly {
    readonly id: string
    readonly set: 'core' | 'extended'
    readonly indicators: readonly { readonly id: string; readonly questions: readonly string[] }[]
  }[]
  readonly scopes?: readonly Scope[]
}

/** One question of questions/<indicator>.yaml: what is not named there has its default. */
export interface RawQuestion extends Omit<QuestionRules, 'visibleIf' | 'facts' | 'allowsNotApplicable'> {
  readonly notApplicable?: true
  readonly visibleIf?: { readonly question: string; readonly options: readonly string[] }
  readonly facts?: readonly string[]
}

export interface QuestionsFile {
  readonly indicator: string
  readonly questions: readonly RawQuestion[]
}

/** weights/<id>.yaml */
export interface WeightsFile {
  readonly id: string
  readonly default: boolean
  readonly dimensions: Readonly<Record<string, number>>
  readonly indicators: Readonly<Record<string, number>>
  /** Replaces the weights that the named questions carry. */
  readonly questions?: Readonly<Record<string, number>>
}

/** crosswalks/<from>-to-<to>.yaml */
export interface CrosswalkFile {
  readonly from: { readonly instrument: string; readonly version: string }
  readonly to: { readonly instrument: string; readonly version: string }
  readonly questions: readonly { readonly relation: string; readonly from: readonly string[]; readonly to: readonly string[] }[]
}

/** Every file that decides what an instrument is; examples stand outside. */
export interface InstrumentFiles {
  readonly structure: InstrumentFile<StructureFile>
  readonly questions: readonly InstrumentFile<QuestionsFile>[]
  readonly weights: readonly InstrumentFile<WeightsFile>[]
  readonly clusters: readonly InstrumentFile<ClusterScheme>[]
  readonly texts: readonly InstrumentFile<InstrumentText>[]
  readonly crosswalks: readonly InstrumentFile<CrosswalkFile>[]
}

/** Kinds of files, named as their schema in schema/. */
export const fileKinds = {
  structure: 'instrument',
  questions: 'questions',
  weights: 'weights',
  clusters: 'clusters',
  texts: 'text',
  crosswalks: 'crosswalk',
} as const

/** Reads one YAML 1.2 file; what cannot be read becomes a problem and null. */
export function readYaml<T>(folder: string, path: string, problems: InstrumentProblem[]): InstrumentFile<T> | null {
  const file = join(folder, path)
  if (!existsSync(file)) {
    problems.push({ file: path, key: '', rule: 'instrument.rule.fileMissing' })
    return null
  }
  try {
    return { path, name: basename(path, '.yaml'), content: parse(readFileSync(file, 'utf8')) as T }
  } catch (error) {
    problems.push({
      file: path,
      key: '',
      rule: 'instrument.rule.notYaml',
      values: { reason: (error as Error).message.split('\n')[0] ?? '' },
    })
    return null
  }
}

/** The YAML files of a folder in the order of their names; none when there is no such folder. */
export function listYaml(folder: string, subfolder: string): string[] {
  const path = join(folder, subfolder)
  if (!existsSync(path)) return []
  return readdirSync(path)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => `${subfolder}/${name}`)
}

/** Reads all files of an instrument; null when one of them cannot be read. */
export function readInstrumentFiles(folder: string, problems: InstrumentProblem[]): InstrumentFiles | null {
  const structure = readYaml<StructureFile>(folder, 'instrument.yaml', problems)
  if (structure === null) return null
  const readAll = <T>(subfolder: string) => listYaml(folder, subfolder).flatMap((path) => readYaml<T>(folder, path, problems) ?? [])
  const files: InstrumentFiles = {
    structure,
    questions: readAll('questions'),
    weights: readAll('weights'),
    clusters: readAll('clusters'),
    texts: readAll('text'),
    crosswalks: readAll('crosswalks'),
  }
  return problems.length === 0 ? files : null
}
