import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ElementScore, fractionToString } from '@tessera/engine'
import { parse } from 'yaml'
import { describe, expect, it } from 'vitest'
import { instrumentFolder } from '../../paths.ts'
import { translator } from '../../text/text.ts'
import { parseAnswerSheet } from '../assessments/answer-sheet.ts'
import { checkExamples } from '../instrument/check-examples.ts'
import { loadInstrument } from '../instrument/load.ts'
import { scoreAnswers } from './score-sheet.ts'

const folder = join(instrumentFolder, 'examples')
const instrument = loadInstrument(instrumentFolder)
const names = readdirSync(folder).filter((name) => name.endsWith('.expected.yaml'))

type Level = Record<'score' | 'upper' | 'coverage', string | number | null>
interface Example {
  sheet: string
  version: string
  weights: string
  expected: { core: Level; extended: Level; dimensions: Record<string, Level> }
}

/** A fraction as the engine writes it: 7 is 7/1. */
const exact = (value: string | number | null) => (value === null ? null : String(value).includes('/') ? String(value) : `${value}/1`)
const said = ({ score, upper, coverage }: Level) => ({ score: exact(score), upper: exact(upper), coverage: exact(coverage) })
const text = (value: ElementScore['score']) => (value === null ? null : fractionToString(value))
const found = ({ score, upper, coverage }: ElementScore) => ({ score: text(score), upper: text(upper), coverage: text(coverage) })

describe('the six invented cities', () => {
  it('have an answer sheet and expected scores that fit their schema', () => {
    expect(names).toHaveLength(6)
    expect(checkExamples(instrumentFolder)).toEqual([])
  })

  it.each(names)('score exactly as was worked out without the engine: %s', (name) => {
    const example = parse(readFileSync(join(folder, name), 'utf8')) as Example
    const { answers, problems } = parseAnswerSheet(readFileSync(join(folder, example.sheet), 'utf8'), instrument)
    expect(problems).toEqual([])
    expect(example.version).toBe(instrument.version)
    const scheme = instrument.schemes.find(({ id }) => id === example.weights)!
    const { scores } = scoreAnswers(translator('en'), instrument, scheme, answers)
    expect(found(scores.indices.core)).toEqual(said(example.expected.core))
    expect(found(scores.indices.extended)).toEqual(said(example.expected.extended))
    for (const { id } of instrument.dimensions)
      expect(found(scores.dimensions.get(id)!), id).toEqual(said(example.expected.dimensions[id]!))
  })
})
