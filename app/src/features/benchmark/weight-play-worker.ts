import { serveThread } from '../../thread.ts'
import { createPlay, type PlayData, type PlayResult, type PlayWeights } from './weight-play.ts'

/** Weights to try, and the data they are tried on. */
export interface PlayOrder {
  data: PlayData
  weights: PlayWeights
}

serveThread<PlayOrder, PlayResult>(({ data, weights }) => createPlay(data)(weights))
