import type { SampleMode } from '../../benchmark/sample.ts'
import type { Copy } from '../usecases.ts'

/** How a result is looked at; everything that is not the standard stands in the address. */
export interface ResultView {
  /** Null = the default of the instrument. */
  scheme: string | null
  mode: SampleMode
  /** Cluster in the charts; null = the first. */
  cluster: string | null
  /** Null = what was handed in, or the answers as they stand as long as nothing was. */
  copy: Copy | null
}

export const standardView: ResultView = { scheme: null, mode: 'all', cluster: null, copy: null }

const known = <T extends string>(value: string | undefined, values: readonly T[]): T | null => values.find((each) => each === value) ?? null

/** Reads the view from an address; what it does not know is the standard. */
export function parseView(query: (name: string) => string | undefined): ResultView {
  return {
    scheme: query('scheme') || null,
    mode: known(query('sample'), ['all', 'wave'] as const) ?? 'all',
    cluster: query('cluster') || null,
    copy: known(query('copy'), ['handed-in', 'current'] as const),
  }
}

/** Address of a page of a result in a view. */
export function resultPath(assessmentId: string, view: ResultView, page = ''): string {
  const query = new URLSearchParams()
  if (view.scheme !== null) query.set('scheme', view.scheme)
  if (view.mode !== 'all') query.set('sample', view.mode)
  if (view.cluster !== null) query.set('cluster', view.cluster)
  if (view.copy !== null) query.set('copy', view.copy)
  const search = query.toString()
  return `/assessments/${assessmentId}/results${page}${search && `?${search}`}`
}
