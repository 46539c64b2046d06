import { crc32, deflateSync } from 'node:zlib';
import type { Locator, Page } from 'playwright-core';

export interface Answers {
  contact?: RegExp;
  name?: string;
  email?: string;
  orderReference?: string;
  subject: string;
  message?: string;
}

export interface TestFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** The form as a person meets it: by role and visible name, in English. */
export class FormPage {
  readonly page: Page;
  readonly form: Locator;

  constructor(page: Page, form: Locator = page.locator('support-form').first()) {
    this.page = page;
    this.form = form;
  }

  field(name: RegExp): Locator {
    return this.form.getByRole('textbox', { name });
  }

  async fill(answers: Answers): Promise<void> {
    await this.field(/^Subject/).waitFor();
    await this.form.getByRole('radio', { name: answers.contact ?? /Customer Service/ }).check();
    await this.field(/name/i).fill(answers.name ?? 'Ada Martin');
    await this.field(/e-?mail/i).fill(answers.email ?? 'ada@example.com');
    if (answers.orderReference) await this.field(/order/i).fill(answers.orderReference);
    await this.field(/^Subject/).fill(answers.subject);
    await this.field(/^(Your )?message/i).fill(answers.message ?? 'It flickers after ten minutes, whatever the socket.');
  }

  /** @param files with their content, or paths of files on disk. */
  async addFiles(files: TestFile[] | string[]): Promise<void> {
    await this.form.locator('input[type=file][multiple]').setInputFiles(files);
  }

  send(): Promise<void> {
    return this.form.getByRole('button', { name: 'Send message' }).click();
  }

  /** The number on the receipt. */
  async number(timeout?: number): Promise<string> {
    const number = this.form.getByText(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/).first();
    await number.waitFor(timeout ? { timeout } : {}).catch(async (error: unknown) => {
      const shown = await this.form.evaluate((host) => (host.shadowRoot as ShadowRoot).textContent.replaceAll(/\s+/g, ' ')).catch(String);
      throw new Error(`no number is shown, but: ${shown}`, { cause: error });
    });
    return (await number.innerText()).trim();
  }
}

/** A small picture with nothing hidden in it; the note is in its pixels, so that every call gives other bytes. */
export function png(name: string, note: string): TestFile {
  const row = Buffer.from(note);
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  header.writeUInt32BE(row.length);
  const pixels = deflateSync(Buffer.concat([Buffer.from([0]), row]));
  const chunks = [chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))];
  return { name, mimeType: 'image/png', buffer: Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks]) };
}

export function textFile(name: string, text: string): TestFile {
  return { name, mimeType: 'text/plain', buffer: Buffer.from(text) };
}
