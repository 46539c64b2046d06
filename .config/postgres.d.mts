export function postgresAbsent(): string | undefined;
export function startCluster(options?: { durable?: boolean }): Promise<{ url: string; stop(): Promise<void> }>;
