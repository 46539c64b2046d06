/** A file that belongs to a ticket. */
export interface Attachment {
  id: string;
  /** File name as the customer's device had it, made safe for display: no path, control or bidi characters. */
  name: string;
  /** Bytes. */
  size: number;
  /** Media type found in the content, not the one claimed. */
  type: string;
  /** Lower-case hex of the stored bytes' hash, empty where the backend names none; null once the bytes are deleted. */
  sha256: string | null;
}

/** What a desk or a contact accepts. Sizes are bytes. */
export interface FileLimits {
  /** Most files on one ticket. */
  count: number;
  /** Most bytes in one file. */
  bytesPerFile: number;
  /** Most bytes in all files of one ticket. */
  bytesPerTicket: number;
  /** Media types accepted, compared with what the content is. */
  types: string[];
}
