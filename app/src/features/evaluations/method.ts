import { ENGINE_VERSION } from '@tessera/engine'
import { hashOf } from '../../canonical.ts'
import { contentHash } from '../instrument/identity.ts'
import { type Instrument, questionsOf } from '../instrument/instrument.ts'

// How a wave is evaluated. What can be chosen is chosen before the first frozen answer is opened; the rest follows from the questionnaire
// of the wave and from the engine. The hash binds all of it.

/** What the network coordination chooses. */
export interface MethodChoices {
  /** Part of the questions that two experts score, over 0 and at most 1. */
  share: number
  /** Whole number from 0 to 2^53 - 1: draws the questions of the second expert and the resamples of the interval. */
  seed: number
  /** Least agreement (Krippendorff's alpha) for results that are published, and for results that are marked as tentative. */
  limits: { publishable: number; tentative: number }
  /** Questions scored by two below which agreement is not assessable. */
  minimumUnits: number
}

/** A registration, plain JSON, hashed in its canonical form. */
export interface MethodContent extends MethodChoices {
  wave: string
  instrument: { id: string; version: string; contentHash: string }
  engine: string
  /** Every weight scheme with its weights. */
  schemes: readonly {
    id: string
    isDefault: boolean
    dimensions: Readonly<Record<string, number>>
    indicators: Readonly<Record<string, number>>
    questions: Readonly<Record<string, number>>
  }[]
  /** Open answers earn nothing now and may earn everything later; what does not apply drops out and the other weights are rescaled. */
  missing: 'open-earns-nothing, not-applicable-drops-out'
  /** 1, 2, 2, 4 */
  ties: 'best'
  /** Within each area the questions with the smallest SHA-256 of seed, hash of the frozen copy and question. */
  draw: 'by-dimension, sha256'
  agreement: 'krippendorff-alpha, ordinal, pooled-by-dimension'
}

/** The usual choices; the seed is drawn for each wave. */
export const usualChoices: Omit<MethodChoices, 'seed'> = {
  share: 0.2,
  limits: { publishable: 0.8, tentative: 0.667 },
  minimumUnits: 30,
}

/** Everything that changes a verified number of the wave. */
export function methodOf(instrument: Instrument, waveSlug: string, choices: MethodChoices): MethodContent {
  const { share, seed, limits, minimumUnits } = choices
  return {
    wave: waveSlug,
    instrument: { id: instrument.id, version: instrument.version, contentHash: contentHash(instrument) },
    engine: ENGINE_VERSION,
    schemes: instrument.schemes.map(({ id, isDefault, dimensions, indicators, questions = {} }) => ({
      id,
      isDefault,
      dimensions,
      indicators,
      questions,
    })),
    missing: 'open-earns-nothing, not-applicable-drops-out',
    ties: 'best',
    draw: 'by-dimension, sha256',
    agreement: 'krippendorff-alpha, ordinal, pooled-by-dimension',
    share,
    seed,
    limits: { publishable: limits.publishable, tentative: limits.tentative },
    minimumUnits,
  }
}

export const methodHash = (content: MethodContent): string => hashOf(content)

/**
 * Hash of the method as it would be registered now with the same choices: another one than the registered one means that the
 * questionnaire, the engine or the registration is no longer the same.
 */
export function presentMethodHash(instrument: Instrument, waveSlug: string, registered: MethodChoices): string {
  return methodHash(methodOf(instrument, waveSlug, registered))
}

/** How many questions two experts score: the share, at least one of each area. */
export function sampleSizeOf(instrument: Instrument, share: number): number {
  // a share such as 0.2 of 85 must not become 18 because 0.2 is not exact
  const wanted = Math.ceil(share * questionsOf(instrument).length - 1e-9)
  return Math.max(wanted, instrument.dimensions.filter(({ indicators }) => indicators.some(({ questions }) => questions.length > 0)).length)
}
