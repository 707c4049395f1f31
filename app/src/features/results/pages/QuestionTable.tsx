import type { Translator } from '../../../text/text.ts'
import { DataTable } from '../../../ui/DataTable.tsx'
import { exclusionText } from '../../assessments/pages/parts.tsx'
import type { ComparedResult } from '../../benchmark/usecases.ts'
import type { QuestionRules } from '../../instrument/instrument.ts'
import type { IndexId } from '../elements.ts'
import { answerText, type QuestionWords, questionWords, whyText } from './why.ts'
import { differenceText, percentText, pointsText } from './words.ts'

interface Props {
  t: Translator
  compared: ComparedResult
  id: string
  caption: string
  isCaptionHidden?: boolean
  questions: readonly QuestionRules[]
  /** Index whose weights and gains are shown. */
  index: IndexId
  /** Whether the reader can change answers now. */
  canChange: boolean
}

function questionRow({ t, compared, index, canChange }: Props, words: QuestionWords, rules: QuestionRules) {
  const result = compared.scores.questions.find(({ id }) => id === rules.id)!
  const answer = compared.answers.get(rules.id)
  const exclusion = compared.exclusions.get(rules.id)
  const number = words.number(rules.id)
  const { points, max, effectiveWeight, gain } = result
  return {
    id: rules.id,
    cells: {
      question: (
        <>
          {number}. {words.question(rules.id)}
        </>
      ),
      answer: (
        <>
          {exclusion ? t('assessments.state.excluded') : answerText(t, words, result, answer)}
          <p class="small">{exclusion ? exclusionText(t, compared.instrument, exclusion) : whyText(t, words, result, rules, answer)}</p>
        </>
      ),
      points:
        points === null ? t('results.points.none') : t('results.points.of', { points: pointsText(t, points), max: pointsText(t, max) }),
      weight: percentText(t, effectiveWeight[index]),
      gain: gain === null || gain[index] === 0 ? '–' : differenceText(t, gain[index]),
      change: (
        <a href={`/assessments/${compared.assessment.id}/questions/${rules.id}`}>
          {t(canChange ? 'results.change' : 'results.read')}
          <span class="visually-hidden"> {t('results.changeSuffix', { number })}</span>
        </a>
      ),
    },
  }
}

/** Questions with what was answered, what it earned, why not more, and what the question weighs. */
export function QuestionTable(props: Props) {
  const { t, compared, questions } = props
  const words = questionWords(t, compared.instrument)
  return (
    <DataTable
      id={props.id}
      caption={props.caption}
      isCaptionHidden={props.isCaptionHidden}
      narrow="stack"
      emptyText={t('results.gain.none')}
      rows={questions.map((rules) => questionRow(props, words, rules))}
      columns={[
        { id: 'question', header: t('results.column.question') },
        { id: 'answer', header: t('results.column.answer') },
        { id: 'points', header: t('results.column.points'), align: 'end', isNarrow: true },
        { id: 'weight', header: t('results.column.weight'), align: 'end', isNarrow: true },
        { id: 'gain', header: t('results.column.gain'), align: 'end', isNarrow: true },
        { id: 'change', header: t('results.column.change'), isNarrow: true },
      ]}
    />
  )
}

/** The questions whose full points would move the index most. */
export function largestGains({ instrument, scores }: ComparedResult, index: IndexId, count: number): QuestionRules[] {
  const rules = new Map(
    instrument.dimensions.flatMap(({ indicators }) =>
      indicators.flatMap(({ questions }) => questions.map((question): [string, QuestionRules] => [question.id, question])),
    ),
  )
  return scores.questions
    .filter(({ gain }) => (gain?.[index] ?? 0) > 0)
    .sort((a, b) => b.gain![index] - a.gain![index])
    .slice(0, count)
    .map(({ id }) => rules.get(id)!)
}
