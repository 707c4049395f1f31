import { createThread } from './thread.ts'

/**
 * A drawing file as a picture with the same words, in our typeface. Painting takes seconds where there are thousands of marks: it happens
 * in a thread of its own, one picture after the other.
 */
export const renderPng: (svg: string) => Promise<Uint8Array<ArrayBuffer>> = createThread('chart-png-worker', import.meta.url)
