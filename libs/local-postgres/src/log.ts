export type LocalPostgresLog = (message: string, details: Record<string, unknown>) => void;
