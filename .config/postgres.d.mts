export function postgresAbsent(): string | undefined;
export function startCluster(): Promise<{ url: string; stop(): Promise<void> }>;
