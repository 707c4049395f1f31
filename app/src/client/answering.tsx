import { hydrate } from 'preact'
import { AnsweringIsland } from '../features/assessments/pages/AnsweringIsland.tsx'
import type { AnsweringProps } from '../features/assessments/question-view.ts'
import { readEarlyTyping } from './typed.ts'

const place = document.getElementById('answering')
const embedded = document.getElementById('answering-props')
if (place && embedded) {
  const props = JSON.parse(embedded.textContent) as AnsweringProps
  const early = readEarlyTyping(props.groups.flatMap((group) => group.questions))
  hydrate(<AnsweringIsland {...props} early={early} />, place)
}
