import type { Attachment, AttachmentPort, FileLimits, SupportError } from '@storefront-support/contract';
import { until } from '../support/browser-setup.ts';
import { openForm, textFile } from './form-page.ts';

export interface KeptFile {
  id: string;
  entry: string;
  name: string;
  type: string;
  size: number;
  file: File | null;
  /** Absent from records of old. */
  ready?: boolean;
  resume: string;
  attachment: Attachment | null;
}

interface Attachments extends HTMLElement {
  updateComplete: Promise<boolean>;
  port: AttachmentPort | undefined;
  limits: FileLimits | null;
  secret: string;
  shelf: unknown;
  entry: string;
  readonly: boolean;
  readonly pending: number;
  readonly troubled: number;
  readonly unkept: number;
  readonly failure: SupportError | undefined;
  readonly attachmentIds: string[];
  add(files: Iterable<File>): void;
  restore(files: KeptFile[]): void;
  retry(anew?: boolean): void;
  drop(all?: boolean): void;
}

export const LIMITS: FileLimits = {
  count: 500,
  bytesPerFile: 50_000_000,
  bytesPerTicket: 500_000_000,
  types: ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'application/pdf', 'text/plain'],
};

/** A file list of its own with a backend and a shelf inside the page, which tell what they were given. */
export class AttachmentsPage {
  readonly element: Attachments;
  /** Every file the backend was given whole, in order. */
  readonly sent: File[] = [];
  readonly resumed: (string | undefined)[] = [];
  readonly removed: string[] = [];
  readonly kept = new Map<string, KeptFile>();
  /** Records of the shelf in the order they were written. */
  readonly written: KeptFile[] = [];
  /** Larger content does not fit on the device. */
  room = Infinity;
  /** What `matches` answers. */
  same: (file: File, resume: string) => boolean = () => true;
  /** False: uploads begin and do not end. */
  answers = true;

  constructor(locale = 'en') {
    this.element = document.createElement('support-attachments') as Attachments;
    let count = 0;
    const port: AttachmentPort = {
      upload: async (file, { resume, onResume, onProgress, signal }) => {
        this.resumed.push(resume);
        const id = resume ?? `upload-${++count}`;
        onResume?.(id);
        onProgress?.(file.size);
        if (!this.answers) await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('stopped'))));
        this.sent.push(file);
        return { id, name: file.name, size: file.size, type: file.type, sha256: null };
      },
      remove: async (resume) => {
        this.removed.push(resume);
      },
      matches: async (file, resume) => this.same(file, resume),
    };
    Object.assign(this.element, { port, limits: LIMITS, secret: 's'.repeat(43), locale });
    document.body.append(this.element);
  }

  /** Gives it the shelf of a message. */
  async shelve(entry = 'entry'): Promise<void> {
    this.element.shelf = {
      keep: async (record: KeptFile) => {
        if (record.size > this.room) record.file = null;
        this.kept.set(record.id, record);
        this.written.push({ ...record });
      },
      forget: async (id: string) => void this.kept.delete(id),
    };
    this.element.entry = entry;
    await this.element.updateComplete;
  }

  get root(): ShadowRoot {
    return this.element.shadowRoot as ShadowRoot;
  }

  rows(state = ''): HTMLElement[] {
    return [...this.root.querySelectorAll<HTMLElement>(`[part=file]${state && `[data-state=${state}]`}`)];
  }

  find<E extends HTMLElement = HTMLElement>(selector: string): E | null {
    return this.root.querySelector<E>(selector);
  }

  get text(): string {
    return this.root.querySelector('ul')?.textContent?.replace(/\s+/g, ' ') ?? '';
  }

  async rowsIn(state: string, count = 1): Promise<void> {
    await until(`${count} rows ${state}`, () => this.rows(state).length === count).catch((cause: unknown) => {
      throw new Error(`${this.rows().map((row) => row.dataset['state'])}: ${this.text}`, { cause });
    });
  }

  /** The file as it was sent last, once it has arrived. */
  async lastSent(count = 1): Promise<{ file: File; bytes: Uint8Array<ArrayBuffer> }> {
    await until(`${count} files sent`, () => this.sent.length >= count);
    const file = this.sent.at(-1) as File;
    return { file, bytes: new Uint8Array(await file.arrayBuffer()) };
  }
}

/** The element is defined by the code that a form loads with its first file. */
export async function openAttachments(): Promise<AttachmentsPage> {
  if (!customElements.get('support-attachments')) {
    const form = await openForm();
    form.pick(textFile());
    await until('the code that takes files', () => customElements.get('support-attachments'));
    form.mounted.remove();
  }
  const page = new AttachmentsPage();
  await until('its sentences', () => (page.element as unknown as { sentences: unknown }).sentences);
  return page;
}

/** Pixels in the way a browser shows them, upright. */
export async function pixelsOf(picture: Blob): Promise<{ width: number; height: number; data: Uint8ClampedArray }> {
  const bitmap = await createImageBitmap(picture);
  const canvas = document.createElement('canvas');
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  context.drawImage(bitmap, 0, 0);
  const { width, height, data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  return { width, height, data };
}

/** A picture of four different quarters, so that no two orientations look alike; undefined where the browser cannot write it. */
export async function drawn(type: string, width = 64, height = 48): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  for (const [at, colour] of ['#c22', '#2a2', '#22c', '#cc2'].entries()) {
    context.fillStyle = colour;
    context.fillRect(((at % 2) * width) / 2, (Math.floor(at / 2) * height) / 2, width / 2, height / 2);
  }
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, 0.9));
  return blob?.type === type ? new Uint8Array(await blob.arrayBuffer()) : undefined;
}
