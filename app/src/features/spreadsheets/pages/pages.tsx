import type { Services } from '../../../services.ts'
import type { Pages } from '../../../web.ts'
import { registerQuestionnairePages } from './questionnaire-pages.tsx'

/** Everything that comes and goes as a spreadsheet. */
export function registerSpreadsheetPages(pages: Pages, services: Services): void {
  registerQuestionnairePages(pages, services)
}
