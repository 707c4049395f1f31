import type { DeskFilter } from './desk.ts'

// Addresses of the pages of a review.

export const reviewPath = (reviewId: string, filter: DeskFilter = 'all'): string =>
  `/reviews/${reviewId}${filter === 'all' ? '' : `?show=${filter}`}`

/** Where the work ends when no question waits any more. */
export const donePath = (reviewId: string): string => `/reviews/${reviewId}?notice=done`

/** The desk at a question. @param place document from 1 among those of the question, and page in it */
export function deskPath(reviewId: string, questionId: string, place: { document?: number; page?: number } = {}): string {
  const query = new URLSearchParams()
  if (place.document !== undefined) query.set('document', String(place.document))
  if (place.page !== undefined) query.set('page', String(place.page))
  const text = query.toString()
  return `/reviews/${reviewId}/questions/${questionId}${text === '' ? '' : `?${text}#evidence`}`
}

/** Where the expert asks the city about a question. */
export const queryPath = (reviewId: string, questionId: string): string => `/reviews/${reviewId}/questions/${questionId}/query`

export const agendaPath = (reviewId: string): string => `/reviews/${reviewId}/agenda`

export const packPath = (reviewId: string): string => `/reviews/${reviewId}/pack.zip`

export const documentFilePath = (reviewId: string, evidenceId: string): string => `/reviews/${reviewId}/documents/${evidenceId}/file`
