export { prefersCsv, toCsv } from '../../csv.ts'
