/** The command line says something that no command understands, or leaves out what it needs. */
export class UsageError extends Error {
  /** @param message what is wrong and what would be right. */
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** Something on the disk is not as the command needs it. Its message says what to do. */
export class CannotBeDone extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CannotBeDone';
  }
}
