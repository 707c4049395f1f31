import type { AssessmentExtrasOf } from '../../assessments/extras.ts'

/** The way from the list of areas to the files. */
export const spreadsheetExtras: AssessmentExtrasOf = async (_db, { t, assessment }) => ({
  links: [{ href: `/assessments/${assessment.id}/spreadsheet`, text: t('spreadsheets.page.title'), hint: t('spreadsheets.link.hint') }],
})
