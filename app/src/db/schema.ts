// All tables. Status is never stored: it is derived from the timestamps.

export * from './account-tables.ts'
export * from './core-tables.ts'
export * from './collaboration-tables.ts'
export * from './evidence-tables.ts'
export * from './network-tables.ts'
