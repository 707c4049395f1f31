import { toCsv } from '../../csv.ts'
import { type Role, roles } from '../../permissions.ts'
import { catalogues } from '../../text/catalogue.ts'
import type { Translator } from '../../text/text.ts'
import { type BookCell, writeWorkbook } from '../../workbook.ts'
import { languages } from '../assessments/answer-cell.ts'
import type { StandingPerson } from './queries.ts'

export const peopleColumns = ['email', 'role', 'city', 'name', 'state'] as const
export type PeopleColumn = (typeof peopleColumns)[number]

/** Names of a column in every language. */
export const peopleColumnNames = (column: PeopleColumn): string[] =>
  languages.map((language) => catalogues[language][`spreadsheets.people.column.${column}`])

const widths: Record<PeopleColumn, number> = { email: 40, role: 28, city: 28, name: 32, state: 22 }

const headOf = (t: Translator): string[] => peopleColumns.map((column) => t(`spreadsheets.people.column.${column}`))

const rowOf = (t: Translator, { email, role, city, name, isInvited }: StandingPerson): string[] => [
  email,
  t(`accounts.role.${role}`),
  city ?? '',
  name ?? '',
  t(isInvited ? 'spreadsheets.people.invited' : 'spreadsheets.people.member'),
]

/** Everybody with a role and everybody invited, as CSV. */
export function peopleCsv(t: Translator, people: readonly StandingPerson[]): string {
  return `\uFEFF${toCsv(
    headOf(t),
    people.map((each) => rowOf(t, each)),
    t.language === 'en' ? ',' : ';',
  )}`
}

const roomForNew = 100 // rows with a list of roles

/** The same as XLSX, with a list of roles to choose from. */
export function peopleXlsx(
  t: Translator,
  people: readonly StandingPerson[],
  offered: readonly Role[] = roles,
): Promise<Uint8Array<ArrayBuffer>> {
  const listName = t('spreadsheets.sheet.choices')
  const sheetName = t('spreadsheets.people.sheet')
  return writeWorkbook([
    {
      name: sheetName,
      columns: peopleColumns.map((column) => ({ width: widths[column] })),
      rows: [
        headOf(t).map((value): BookCell => ({ value, kind: 'head' })),
        ...people.map((each) => rowOf(t, each).map((value): BookCell => ({ value }))),
      ],
      sticky: 1,
      choices: Array.from({ length: people.length + roomForNew }, (_, i) => ({
        cell: `B${i + 2}`,
        source: `'${listName}'!$A$1:$A$${offered.length}`,
        isStrict: true,
        title: sheetName,
        text: t('spreadsheets.people.chooseRole'),
      })),
    },
    { name: listName, columns: [{ width: 40 }], rows: offered.map((role) => [{ value: t(`accounts.role.${role}`) }]), isProtected: true },
  ])
}
