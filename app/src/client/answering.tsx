import { hydrate } from 'preact'
import { AnsweringIsland } from '../features/assessments/pages/AnsweringIsland.tsx'
import type { AnsweringProps } from '../features/assessments/question-view.ts'

const place = document.getElementById('answering')
const props = document.getElementById('answering-props')
if (place && props) hydrate(<AnsweringIsland {...(JSON.parse(props.textContent) as AnsweringProps)} />, place)
