import { fill } from '../text/fill.ts'

// The quick check keeps nothing in the browser: this script only counts what is answered and asks before answers are lost.

const form = document.querySelector<HTMLFormElement>('[data-quick-check]')
const file = document.querySelector<HTMLFormElement>('[data-quick-file]')

/** Answers are on the page that exist nowhere else. */
let isUnsaved = file !== null
/** A form of the page itself is on its way: the answers go along. */
let isOnTheWay = false

function showProgress(): void {
  const questions = [...document.querySelectorAll('[data-question]')]
  const answered = questions.filter((question) => question.querySelector('input:checked') !== null).length
  const line = document.querySelector('[data-progress]')
  if (line !== null) line.textContent = fill(form?.dataset['progressText'], { answered, all: questions.length })
}

if (form !== null) {
  form.addEventListener('change', () => {
    isUnsaved = true
    showProgress()
  })
  isUnsaved = form.querySelector('input:checked') !== null
  showProgress()
}

for (const each of document.querySelectorAll('form'))
  if (each === form || each === file || each.hasAttribute('data-quick-on'))
    each.addEventListener('submit', () => {
      isOnTheWay = true
      if (each === file) isUnsaved = false
      setTimeout(() => (isOnTheWay = false), 2000) // a download does not leave the page
    })

addEventListener('beforeunload', (event) => {
  if (isUnsaved && !isOnTheWay) event.preventDefault()
})
