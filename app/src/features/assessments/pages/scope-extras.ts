import { can } from '../../../permissions.ts'
import type { Translator } from '../../../text/text.ts'
import type { Instrument } from '../../instrument/instrument.ts'
import { canAnswer, questionsOfDimension } from '../assessment.ts'
import type { AssessmentExtrasOf } from '../extras.ts'
import { type Exclusions, scopeProgress } from '../scope.ts'

function hintOf(t: Translator, { answered, all }: ReturnType<typeof scopeProgress>, excluded: number): string {
  if (answered === 0) return t('scope.link.open', { all })
  const state = answered < all ? t('scope.link.part', { answered, all }) : t('scope.link.done')
  return `${state} ${t('scope.link.excluded', { count: excluded })}`
}

/** Areas in which questions are not asked, with how many. */
function areaLines(t: Translator, instrument: Instrument, exclusions: Exclusions): Map<string, string[]> {
  const counts = instrument.dimensions.map((dimension) => {
    const count = questionsOfDimension(dimension).filter(({ id }) => exclusions.has(id)).length
    return [dimension.id, count] as const
  })
  return new Map(counts.flatMap(([id, count]) => (count === 0 ? [] : [[id, [t('scope.area', { count })]]])))
}

/** The link to what the city is responsible for; it stands first until the coordinator has answered it. */
export const scopeExtras: AssessmentExtrasOf = async (_, { t, person, assessment, instrument, statements, exclusions, now }) => {
  const { scopes = [] } = instrument
  if (scopes.length === 0) return {}
  const progress = scopeProgress(instrument, statements)
  const isTodo = progress.answered < progress.all && can(person, 'city.arrange', assessment.city.id).ok && canAnswer(assessment, now).ok
  const link = {
    href: `/assessments/${assessment.id}/scope`,
    text: t('scope.link'),
    hint: hintOf(t, progress, exclusions.size),
    isFirst: isTodo,
  }
  return { links: [link], areas: areaLines(t, instrument, exclusions) }
}
