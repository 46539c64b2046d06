import type { SupportError } from '@storefront-support/contract';
import { numberIn } from '../base/format.js';
import type { KeptFile } from '../outbox/entry.js';
import type { Picture } from './image/picture.js';

/**
 * `missing`: its content is not on this device any more, the person is asked for it. `asking`: what it hides could not be
 * removed, the person decides.
 */
export type UploadState = 'queued' | 'uploading' | 'done' | 'failed' | 'refused' | 'missing' | 'asking';

/** One file on its way. */
export interface UploadItem extends KeptFile {
  state: UploadState;
  sent: number;
  /** Sentence on why it failed or was refused; empty otherwise. */
  why: string;
  /** Said by the backend, so it stays refused whatever is removed beside it. */
  final: boolean;
  tries: number;
  /** True between an interruption and the next try. */
  interrupted: boolean;
  /** True once nothing is to be done before it is sent, or the person is asked: cleaned and shown, where it is a picture. */
  ready: boolean;
  /** True where this device has kept its content as it is to be sent: it is not cleaned again. */
  settled: boolean;
  /** Chosen in place of the missing content, until it is known to be the same. */
  candidate: File | undefined;
  /** True where its content does not fit on the device. */
  unkept: boolean;
  /** What is known and shown of a picture. */
  picture: Picture | undefined;
  error: SupportError | undefined;
  stop: AbortController | undefined;
  timer: ReturnType<typeof setTimeout> | undefined;
  /** Settles after everything told to the shelf so far. */
  shelved: Promise<void>;
}

/** True for files without anything hidden in them. */
export function isPlain(type: string): boolean {
  return type.startsWith('text/');
}

/** @param kept where it comes from this device's shelf. */
export function itemOf(kept: KeptFile): UploadItem {
  return {
    ...kept,
    state: kept.attachment ? 'done' : kept.file ? 'queued' : 'missing',
    sent: kept.attachment ? kept.size : 0,
    why: '',
    final: false,
    tries: 0,
    interrupted: false,
    ready: isPlain(kept.type) && !!(kept.file ?? kept.attachment),
    // a record of old does not tell
    settled: !!(kept.ready || kept.attachment),
    candidate: undefined,
    unkept: !kept.file,
    picture: undefined,
    error: undefined,
    stop: undefined,
    timer: undefined,
    shelved: Promise.resolve(),
  };
}

/** A file just chosen. */
export function keptOf(file: File): KeptFile {
  // randomUUID is absent on plain http pages
  const id = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return { id, entry: '', ...contentOf(file), ready: isPlain(file.type), resume: '', attachment: null };
}

/** What an item says of its content. */
export function contentOf(file: File): Pick<KeptFile, 'name' | 'type' | 'size' | 'file'> {
  return { name: file.name, type: file.type, size: file.size, file };
}

/** How much of it the backend has, in the language of `tag`. */
export function percentOf({ sent, size }: UploadItem, tag: string): string {
  return `${numberIn(tag, Math.floor((100 * sent) / (size || 1)))} %`;
}
