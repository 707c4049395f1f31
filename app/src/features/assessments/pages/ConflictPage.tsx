import type { Translator } from '../../../text/text.ts'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import type { AnswerFields, StoredAnswer } from '../answer.ts'
import type { Assessment } from '../assessment.ts'
import type { QuestionView } from '../question-view.ts'
import { chosenValues } from './choice.ts'
import { bothTexts, ConflictPanel } from './ConflictPanel.tsx'
import { contextLine } from './parts.tsx'

interface Props {
  t: Translator
  assessment: Assessment
  view: QuestionView
  mine: AnswerFields
  theirs: StoredAnswer
  texts: Record<string, string>
  when: string
  returnTo: string
}

/** Both versions on a page, for a form without a script. */
export function ConflictPage({ t, assessment, view, mine, theirs, texts, when, returnTo }: Props) {
  const id = view.rules.id
  return (
    <>
      <PageHeading context={contextLine(assessment)} title={t('assessments.conflict.title')} lead={view.text.question} />
      <form class="form" method="post" action={`/assessments/${assessment.id}/answers/${id}`}>
        <input type="hidden" name="version" value={theirs.version} />
        <input type="hidden" name="returnTo" value={returnTo} />
        {chosenValues(mine).map((value) => (
          <input key={value} type="hidden" name="choice" value={value} />
        ))}
        <input type="hidden" name="reason" value={mine.reason ?? ''} />
        <input type="hidden" name="explanation" value={mine.explanation ?? ''} />
        <input type="hidden" name="explanationBoth" value={bothTexts(mine, theirs).explanation ?? ''} />
        <ConflictPanel mine={mine} theirs={theirs} view={view} texts={texts} when={when} />
      </form>
    </>
  )
}
