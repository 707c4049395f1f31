import type { ComponentChildren } from 'preact'
import type { Translator } from '../../../text/text.ts'
import type { Instrument } from '../../instrument/instrument.ts'
import type { SharedDecision } from '../decisions.ts'
import { Replies, Words } from './parts.tsx'
import { changeText, questionTitle } from './words.ts'

interface Props {
  t: Translator
  instrument: Instrument
  decision: SharedDecision
  children?: ComponentChildren
}

/** One decision: points before and after, why, and what the city said to it. */
export function DecisionArticle({ t, instrument, decision, children }: Props) {
  const { questionId, reasonCode, reportText, reason, replies, isLate, isOlderAnswer } = decision
  return (
    <article class="dialogue-decision" id={`decision-${questionId}`}>
      <h3>{questionTitle(t, instrument, questionId)}</h3>
      <p>
        <strong>{t(`dialogue.decision.${decision.decision}`)}</strong> {changeText(t, decision)}
      </p>
      {reasonCode !== null && <p>{t(`dialogue.reason.${reasonCode}`)}</p>}
      {reportText !== null && <Words text={reportText} language={null} />}
      {reason !== null && (
        <>
          <p>{t('dialogue.decision.adjudicated')}</p>
          <Words text={reason} language={null} />
        </>
      )}
      {isOlderAnswer && <p class="small">{t('dialogue.decision.olderAnswer')}</p>}
      {isLate && <p class="small">{t('dialogue.decision.late')}</p>}
      {replies.length > 0 && <h4>{t('dialogue.decision.replies')}</h4>}
      <Replies t={t} replies={replies} />
      {children}
    </article>
  )
}
