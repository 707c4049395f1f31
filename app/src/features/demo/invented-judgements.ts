import { questionStatuses } from '../assessments/assessment.ts'
import { dimensionOf, type QuestionRules } from '../instrument/instrument.ts'
import type { ReviewedCopy } from '../reviews/opening.ts'
import type { Decision, JudgementFields, Part, ReasonCode } from '../reviews/review.ts'
import { demoSeed } from './network.ts'
import { createRandom, drawFrom, type Random } from './random.ts'

// How decisions of experts are invented: most answers stand; where something is wrong both see it more often than not. How often they
// differ depends on the area, so that the demonstration shows every verdict on agreement.

/** How often the two differ, where it is not the usual. */
const differing: Readonly<Record<string, number>> = { media: 0.12, leadership: 0.2 }
const usuallyDiffering = 0.07
const faultyShare = 0.12

const texts = {
  de: {
    changed: 'Erfunden: Die Nachweise zeigen nur einen Teil davon.',
    'not-supported': 'Erfunden: Kein Nachweis zeigt es, und auf Nachfrage kam keiner.',
    'agreed-with-note': 'Erfunden: Die Angabe stimmt; der Beschluss sollte verlinkt werden.',
  },
  en: {
    changed: 'Synthetic: the evidence shows part of it only.',
    'not-supported': 'Synthetic: no evidence shows it, and none came when we asked.',
    'agreed-with-note': 'Synthetic: the answer is right; the decision of the council should be linked.',
  },
} as const

const reasons = { changed: 'partly-met', 'not-supported': 'evidence-missing', 'agreed-with-note': 'unclear' } as const satisfies Record<
  string,
  ReasonCode
>

const agreed: JudgementFields = { decision: 'agreed', reasonCode: null, points: null, note: null, reportText: null, isForMeeting: false }

/** Says that something is wrong, or to be noted; in the expert's own language. */
function remark(decision: Exclude<Decision, 'agreed' | 'need-more'>, points: number | null, language: 'de' | 'en'): JudgementFields {
  return { ...agreed, decision, points, reasonCode: reasons[decision], reportText: texts[language][decision] }
}

function correction(random: Random, { options, max }: QuestionRules): { decision: 'changed' | 'not-supported'; points: number | null } {
  const lower = options.map(({ points }) => points).filter((points) => points > 0 && points < max)
  if (lower.length === 0 || random() < 0.3) return { decision: 'not-supported', points: null }
  return { decision: 'changed', points: drawFrom(random, lower) }
}

/** What the two experts of one review decide, by part: of every question that was asked. */
export function inventJudgements(
  copy: Pick<ReviewedCopy, 'instrument' | 'answers' | 'exclusions' | 'review'>,
  languages: Readonly<Record<Part, 'de' | 'en'>>,
): Record<Part, Map<string, JudgementFields>> {
  const { instrument, answers, exclusions, review } = copy
  const decided = { first: new Map<string, JudgementFields>(), second: new Map<string, JudgementFields>() }
  const sample = new Set(review.sample)
  for (const [id, { question, state }] of questionStatuses(instrument, answers, exclusions)) {
    if (state === 'hidden' || state === 'excluded') continue
    const random = createRandom(demoSeed, 'judgement', review.city.slug, id)
    const isDiffering = random() < (differing[dimensionOf(instrument, id)?.id ?? ''] ?? usuallyDiffering)
    const isFaulty = random() < faultyShare
    const isNoted = random() < 0.08
    const found = correction(random, question)
    const says = (part: Part, sees: boolean): void => {
      if (part === 'second' && !sample.has(id)) return
      const language = languages[part]
      decided[part].set(
        id,
        sees ? remark(found.decision, found.points, language) : isNoted ? remark('agreed-with-note', null, language) : agreed,
      )
    }
    const firstSees = isDiffering ? random() < 0.5 : isFaulty
    says('first', firstSees)
    says('second', isDiffering ? !firstSees : isFaulty)
  }
  return decided
}
