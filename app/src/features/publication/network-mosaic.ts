import type { Services } from '../../services.ts'
import type { Translator } from '../../text/text.ts'
import type { Tessera } from '../../ui/charts/mosaic-plan.ts'

/** The cities of the network as stones. */
export async function networkTesserae(services: Services, t: Translator): Promise<readonly Tessera[]> {
  void services
  void t
  return []
}
