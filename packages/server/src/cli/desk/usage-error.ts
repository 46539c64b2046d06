/** The command line says something that no verb understands. */
export class UsageError extends Error {
  /** @param message what is wrong and what would be right. */
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
