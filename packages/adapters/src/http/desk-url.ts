/** Address of a desk, which is its scope, too. */
export function deskUrl({ endpoint, desk }: { endpoint: string; desk: string }): string {
  return `${endpoint.replace(/\/+$/, '')}/v1/desks/${encodeURIComponent(desk)}`;
}
