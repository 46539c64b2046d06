import type { FileLimits, SupportError, SupportErrorCode } from '@storefront-support/contract';
import { bytesIn, numberIn } from '../base/format.js';
import type { FilesText } from '../locales/en.js';
import type { SupportAttachments } from './support-attachments.js';
import type { UploadItem } from './upload-item.js';

/** Tries without a single acknowledged byte in between, before a file counts as failed. */
const TRIES = 4;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/** Milliseconds to wait before another try; 0: there is none. */
export function pauseAfter({ retryable, retryAfter = 0 }: SupportError, tries: number): number {
  if (!retryable || tries >= TRIES || retryAfter > LONGEST_PAUSE_MS) return 0;
  return Math.max(retryAfter, FIRST_PAUSE_MS * 2 ** tries * (0.75 + Math.random() / 2));
}

/**
 * The sentence on why a file cannot be sent; empty where it can. A picture may still become smaller, or of another type, until
 * it is ready.
 *
 * @param before the files that come before it.
 */
export function whyRefused(
  { size, type, ready, state }: UploadItem,
  before: { count: number; bytes: number },
  limits: FileLimits,
  text: FilesText,
  tag: string,
): string {
  if (state === 'missing' || state === 'asking') return '';
  if (!size) return text.empty;
  if (ready || !type.startsWith('image/')) {
    if (size > limits.bytesPerFile) return text.tooLarge(bytesIn(tag, limits.bytesPerFile));
    if (type && !type.startsWith('text/') && !limits.types.includes(type)) return text.wrongType;
  }
  if (before.count >= limits.count) return text.tooMany(numberIn(tag, limits.count));
  return ready && before.bytes + size > limits.bytesPerTicket ? text.totalTooLarge(bytesIn(tag, limits.bytesPerTicket)) : '';
}

/** The sentence on why a backend did not take a file. */
export function whyFailed(code: SupportErrorCode, { sentences: text, limits, language }: SupportAttachments): string {
  if (!text) return '';
  if (code === 'type-not-allowed') return text.wrongType;
  return code === 'too-large' && limits ? text.tooLarge(bytesIn(language.tag, limits.bytesPerFile)) : text.again;
}
