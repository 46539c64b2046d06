import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import puppeteer, { type Browser } from 'puppeteer-core';
import type { Plugin } from 'vite';
// @ts-expect-error a build script without types
import { patchDependencies } from '../../.config/embed-build/patch-dependencies.mjs';
import { buildProbe } from '../support/build-probe.ts';
import { CHROMIUM_ARGS } from '../support/chromium.ts';
import { startShop, type ShopServer } from '../support/shop-server.ts';

const FIREFOX = process.env['FIREFOX'] ?? '/usr/bin/firefox-esr';

/** Every kind of binding our templates have, in the places where parsers are strict. */
const PROBE = `
  import { html, nothing, render } from 'lit';
  customElements.define('probe-child', class extends HTMLElement {});
  const view = (text, flag, list, click) => html\`
    <!-- a comment -->
    <p class="a \${text} b" title=\${text}>\${text} and \${text}</p>
    <button ?disabled=\${flag} @click=\${click} .value=\${text} aria-label=\${flag ? nothing : text}>\${flag ? html\`<b>\${text}</b>\` : text}</button>
    <table><tbody>\${list.map((item) => html\`<tr><td>\${item}</td></tr>\`)}</tbody></table>
    <select>\${list.map((item) => html\`<option value=\${item} .selected=\${item === text}>\${item}</option>\`)}</select>
    <probe-child .data=\${list}><probe-child id=\${text}><slot name=\${text}></slot></probe-child></probe-child>
    <textarea .value=\${text}></textarea><progress max=\${2} .value=\${1}></progress>\`;
  window.violations = [];
  document.addEventListener('securitypolicyviolation', (event) => window.violations.push(event.effectiveDirective));
  let clicks = 0;
  const root = document.body.appendChild(document.createElement('main'));
  render(view('one', true, ['one', 'two'], () => clicks++), root);
  render(view('two', false, ['one', 'two', 'three'], () => clicks++), root);
  root.querySelector('button').click();
  window.result = {
    p: root.querySelector('p').outerHTML.replace(/<!--.*?-->/g, ''),
    button: [root.querySelector('button').disabled, root.querySelector('button').value, root.querySelector('button').ariaLabel, clicks],
    cells: [...root.querySelectorAll('td')].map((cell) => cell.textContent),
    chosen: root.querySelector('select').value,
    children: [root.querySelector('probe-child').data.length, root.querySelector('probe-child > probe-child').id, root.querySelector('slot').name],
    controls: [root.querySelector('textarea').value, root.querySelector('progress').position],
  };`;

const EXPECTED = {
  p: '<p class="a two b" title="two">two and two</p>',
  button: [false, 'two', 'two', 1],
  cells: ['one', 'two', 'three'],
  chosen: 'two',
  children: [3, 'two', 'two'],
  controls: ['two', 0.5],
};

describe('bindings of templates under a policy that allows no Trusted Types policy at all', () => {
  let shop: ShopServer;

  before(async () => {
    const code = await buildProbe(PROBE, { inner: [patchDependencies(['/lit-html/lit-html.js']) as Plugin] });
    shop = await startShop({
      '/probe.js': { html: code, headers: { 'content-type': 'text/javascript' } },
      '/': {
        html: '<!doctype html><title>Probe</title><link rel="icon" href="data:,"><body><script type="module" src="/probe.js"></script></body>',
        headers: { 'content-security-policy': "script-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'" },
      },
    });
  });
  after(() => shop?.close());

  for (const [name, launch] of [
    ['Chromium', () => puppeteer.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: CHROMIUM_ARGS })],
    ['Firefox', () => puppeteer.launch({ browser: 'firefox', executablePath: FIREFOX, headless: true })],
  ] as [string, () => Promise<Browser>][]) {
    it(`survive in ${name} without a violation`, { skip: name === 'Firefox' && !existsSync(FIREFOX) }, async () => {
      const browser = await launch();
      try {
        const page = await browser.newPage();
        await page.goto(shop.url);
        await page.waitForFunction('!!window.result');
        assert.deepEqual(await page.evaluate('window.result'), EXPECTED);
        assert.deepEqual(await page.evaluate('window.violations'), []);
      } finally {
        await browser.close();
      }
    });
  }
});
