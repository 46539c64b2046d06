import assert from 'node:assert/strict';
import type { ElementHandle, Page as FirefoxPage } from 'puppeteer-core';
import type { Locator, Page } from 'playwright-core';

/** A field that somebody enters something into: key by key, or out of the clipboard. */
export interface TypedField {
  empty(): Promise<unknown>;
  value(): Promise<string>;
  type(text: string): Promise<unknown>;
  /** Copies it elsewhere, by keys, and pastes it here, by keys. */
  paste(text: string): Promise<unknown>;
}

/** Enters each of these, every fourth by pasting it, and sees to it that each has arrived. */
export async function enterAll(field: TypedField, secrets: readonly string[]): Promise<void> {
  for (const [i, secret] of secrets.entries()) {
    await field.empty();
    await (i % 4 ? field.type(secret) : field.paste(secret));
    assert.equal(await field.value(), secret);
  }
}

/** In Chromium. @param notes a page with a text area, of another site */
export function fieldInChromium(page: Page, field: Locator, notes: Page): TypedField {
  return {
    empty: () => field.evaluate((input: HTMLInputElement) => (input.value = '')),
    value: () => field.inputValue(),
    async type(text) {
      await field.focus();
      await page.keyboard.type(text);
    },
    async paste(text) {
      await notes.bringToFront();
      const area = notes.locator('textarea');
      await area.fill(text);
      await area.press('Control+a');
      await area.press('Control+c');
      await page.bringToFront();
      await field.focus();
      await page.keyboard.press('Control+v');
    },
  };
}

/** In Firefox, over WebDriver BiDi. @param notes a page with a text area, of another site */
export function fieldInFirefox(page: FirefoxPage, field: ElementHandle<HTMLInputElement>, notes: FirefoxPage): TypedField {
  const withControl = async (on: FirefoxPage, key: 'a' | 'c' | 'v') => {
    await on.keyboard.down('Control');
    await on.keyboard.press(key);
    await on.keyboard.up('Control');
  };
  return {
    empty: () => field.evaluate((input) => (input.value = '')),
    value: () => field.evaluate((input) => input.value),
    async type(text) {
      await field.focus();
      await page.keyboard.type(text);
    },
    async paste(text) {
      await notes.bringToFront();
      const area = await notes.waitForSelector('textarea');
      await area?.evaluate((element, value) => (element.value = value), text);
      await area?.focus();
      await withControl(notes, 'a');
      await withControl(notes, 'c');
      await page.bringToFront();
      await field.focus();
      await withControl(page, 'v');
    },
  };
}
