import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import { instrumentFolder } from '../../paths.ts'
import type { TextKey } from '../../text/catalogue.ts'
import type { TextValues } from '../../text/text.ts'
import { fileKinds, type InstrumentFile, type InstrumentFiles } from './instrument-files.ts'
import type { InstrumentProblem } from './instrument-problem.ts'

/** Names of the schemas in instrument/schema/. */
type SchemaName = (typeof fileKinds)[keyof typeof fileKinds] | 'examples'

const compiled = new Map<SchemaName, ValidateFunction>()

/** The schemas of the shipped instrument hold for every instrument of this form. */
function validatorOf(name: SchemaName): ValidateFunction {
  let validate = compiled.get(name)
  if (validate === undefined) {
    const { $schema: _, ...schema } = JSON.parse(readFileSync(join(instrumentFolder, 'schema', `${name}.schema.json`), 'utf8')) as Record<
      string,
      unknown
    >
    validate = new Ajv2020({ allErrors: true, strict: false, meta: false, validateSchema: false, verbose: false }).compile(schema)
    compiled.set(name, validate)
  }
  return validate
}

/** `/questions/2/points` as people name it: `questions.edu-03.points`. */
function keyOf(content: unknown, pointer: string): string {
  const names: string[] = []
  let at = content
  for (const part of pointer
    .split('/')
    .slice(1)
    .map((p) => p.replaceAll('~1', '/').replaceAll('~0', '~'))) {
    at = (at as Record<string, unknown> | undefined)?.[part]
    const id = (at as { id?: unknown } | null | undefined)?.id
    names.push(/^\d+$/.test(part) && typeof id === 'string' ? id : part)
  }
  return names.join('.')
}

/** Consequences of another error that is reported by itself. */
const isConsequence = ({ keyword, propertyName }: ErrorObject) =>
  ['if', 'oneOf', 'allOf'].includes(keyword) || (propertyName !== undefined && keyword !== 'propertyNames')

function ruleOf({ keyword, params, message = '' }: ErrorObject): { rule: TextKey; values?: TextValues } {
  switch (keyword) {
    case 'required':
      return { rule: 'instrument.rule.keyMissing', values: { name: params.missingProperty } }
    case 'additionalProperties':
      return { rule: 'instrument.rule.keyUnknown', values: { name: params.additionalProperty } }
    case 'propertyNames':
      return { rule: 'instrument.rule.nameForm', values: { name: params.propertyName } }
    case 'enum':
      return { rule: 'instrument.rule.oneOf', values: { allowed: params.allowedValues.join(', ') } }
    case 'const':
      return { rule: 'instrument.rule.oneOf', values: { allowed: String(params.allowedValue) } }
    case 'type':
      return { rule: 'instrument.rule.kind', values: { kind: String(params.type) } }
    case 'pattern':
      return {
        rule: params.pattern.startsWith('^\\S') ? 'instrument.rule.textEmpty' : 'instrument.rule.form',
        values: { pattern: params.pattern },
      }
    case 'minLength':
      return { rule: 'instrument.rule.textEmpty' }
    case 'minItems':
    case 'minProperties':
      return { rule: 'instrument.rule.atLeastEntries', values: { limit: params.limit } }
    case 'uniqueItems':
      return { rule: 'instrument.rule.entryRepeated' }
    case 'minimum':
      return { rule: 'instrument.rule.atLeast', values: { limit: params.limit } }
    case 'exclusiveMinimum':
      return { rule: 'instrument.rule.above', values: { limit: params.limit } }
    case 'contains':
      return { rule: 'instrument.rule.noneMissing' }
    default:
      return { rule: 'instrument.rule.schema', values: { message } }
  }
}

/** Every rule of its schema that a file breaks. */
export function checkAgainstSchema(name: SchemaName, { path, content }: InstrumentFile<unknown>): InstrumentProblem[] {
  const validate = validatorOf(name)
  if (validate(content)) return []
  return (validate.errors ?? [])
    .filter((error) => !isConsequence(error))
    .map((error) => ({ file: path, key: keyOf(content, error.instancePath), ...ruleOf(error) }))
}

/** Every file against the schema of its kind. */
export function checkSchemas(files: InstrumentFiles): InstrumentProblem[] {
  return (Object.keys(fileKinds) as (keyof InstrumentFiles)[]).flatMap((kind) =>
    [files[kind]].flat().flatMap((file) => checkAgainstSchema(fileKinds[kind], file as InstrumentFile<unknown>)),
  )
}
