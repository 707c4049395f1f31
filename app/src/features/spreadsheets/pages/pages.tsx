import type { Services } from '../../../services.ts'
import type { Pages } from '../../../web.ts'
import { registerFactFilePages } from './fact-pages.tsx'
import { registerPeopleFilePages } from './people-pages.tsx'
import { registerQuestionnairePages } from './questionnaire-pages.tsx'

/** Everything that comes and goes as a spreadsheet. */
export function registerSpreadsheetPages(pages: Pages, services: Services): void {
  registerQuestionnairePages(pages, services)
  registerFactFilePages(pages, services)
  registerPeopleFilePages(pages, services)
}
