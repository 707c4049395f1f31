// All tables. Status is never stored: it is derived from the timestamps.

export * from './account-tables.ts'
export * from './city-tables.ts'
export * from './assessment-tables.ts'
export * from './department-tables.ts'
export * from './partner-tables.ts'
export * from './conversation-tables.ts'
export * from './sign-off-tables.ts'
export * from './record-tables.ts'
export * from './evidence-tables.ts'
export * from './network-tables.ts'
export * from './evaluation-tables.ts'
export * from './review-tables.ts'
