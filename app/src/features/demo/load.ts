import type { Services } from '../../services.ts'

/** Loads the synthetic demonstration network into an empty database. */
export async function loadDemo(services: Services): Promise<void> {
  void services
}

export async function printDemoAccounts(services: Services): Promise<void> {
  void services
}
