/** Where upload bytes live. Ids are random and safe as file names; nothing of the sender's text reaches a path. */
export interface BlobStore {
  /**
   * Writes `bytes` at `offset` and resolves once they are fsynced. What lies beyond them, from an interrupted attempt or from a
   * process that was faster, stays: it may be acknowledged already. Rejects with `BytesMissingError` where what should stand
   * before `offset` is not there.
   */
  write(deskId: string, id: string, offset: number, bytes: Uint8Array): Promise<void>;
  /** The first `length` bytes, fewer where there are fewer. */
  head(deskId: string, id: string, length: number): Promise<Uint8Array>;
  read(deskId: string, id: string): AsyncIterable<Uint8Array>;
  /** Gone already is fine. */
  delete(deskId: string, id: string): Promise<void>;
  /** Every id there is, in no order; ids that come or go meanwhile may be missing. */
  ids(deskId: string): AsyncIterable<string>;
}

/** The store has lost bytes that were acknowledged, as after restoring an old copy of its folder. */
export class BytesMissingError extends Error {
  constructor() {
    super('The file is shorter than what was acknowledged of it.');
    this.name = 'BytesMissingError';
  }
}
