import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  VAULT_CHANNEL,
  VAULT_HELLO,
  VAULT_PORT,
  isVaultGreeting,
  readFrameMessage,
  readHostMessage,
  readTheme,
} from '@storefront-support/contract/vault-channel';

const PASS = 'p'.repeat(43);
const HASH = 'a'.repeat(64);
const init = { type: 'init', v: VAULT_CHANNEL, pass: PASS, pin: null, locale: 'fr-CA', theme: { '--support-radius': '4px' } };

describe('the channel between a shop’s page and the vault page', () => {
  it('carries what both may say', () => {
    assert.deepEqual(readHostMessage(init), init);
    assert.deepEqual(readHostMessage({ ...init, dir: 'rtl' }), { ...init, dir: 'rtl' });
    assert.deepEqual(readHostMessage({ type: 'pass', pass: PASS }), { type: 'pass', pass: PASS });
    for (const message of [
      { type: 'ready', v: VAULT_CHANNEL, build: HASH },
      { type: 'resize', height: 480 },
      { type: 'state', state: 'typing' },
      { type: 'done', record: 'r'.repeat(22), receipt: HASH, expiresAt: '2026-06-01T08:00:00.000Z' },
      { type: 'error', code: 'manifest-expired' },
      { type: 'need-page', why: 'covered' },
      { type: 'need-pass' },
    ])
      assert.deepEqual(readFrameMessage(message), message);
    assert.ok(isVaultGreeting({ type: VAULT_HELLO, v: VAULT_CHANNEL }, VAULT_HELLO));
  });

  it('hears nothing that is forged, whatever it is', () => {
    class Inherited {
      type = 'need-pass';
    }
    const forged: unknown[] = [
      null,
      undefined,
      'need-pass',
      7,
      [],
      ['need-pass'],
      {},
      { type: 'init' },
      { ...init, v: 2 },
      { ...init, extra: 1 },
      { ...init, pass: `${PASS}x` },
      { ...init, pass: 7 },
      { ...init, pin: 7 },
      { ...init, pin: 'x'.repeat(201) },
      { ...init, locale: '<b>' },
      { ...init, dir: 'up' },
      { type: 'pass', pass: PASS, v: 1 },
      Object.create(init),
      { type: 'resize', height: -1 },
      { type: 'resize', height: 1e9 },
      { type: 'resize', height: '480' },
      { type: 'state', state: 'password: hunter2' },
      { type: 'done', record: '../../', receipt: HASH, expiresAt: '2026-06-01T08:00:00.000Z' },
      { type: 'done', record: 'r'.repeat(22), receipt: HASH, expiresAt: '2026-06-01T08:00:00.000Z', url: 'https://evil.example' },
      { type: 'error', code: '<img src=x onerror=alert(1)>' },
      { type: 'need-page', why: 'https://evil.example' },
      { type: 'need-pass', html: '<form>' },
      { __proto__: new Inherited() },
      { toString: 1 },
    ];
    for (const message of forged) {
      assert.equal(readHostMessage(message), null, JSON.stringify(message));
      assert.equal(readFrameMessage(message), null, JSON.stringify(message));
    }
    assert.equal(readHostMessage({ type: 'need-pass' }), null);
    assert.equal(readFrameMessage(init), null);
    for (const greeting of [{ type: VAULT_HELLO }, { type: VAULT_PORT, v: VAULT_CHANNEL }, { type: VAULT_HELLO, v: VAULT_CHANNEL, x: 1 }])
      assert.ok(!isVaultGreeting(greeting, VAULT_HELLO));
  });

  it('lets a shop choose colours and lengths, and nothing else', () => {
    const fine = {
      '--support-color-text': '#123',
      '--support-color-accent': 'oklch(60% 0.1 200 / 0.9)',
      '--support-space': 'calc(1rem + 2px)',
    };
    assert.deepEqual(readTheme(fine), fine);
    for (const value of [
      'url(https://evil.example/x)',
      'URL(x)',
      'red; position: fixed',
      'image-set("x" 1x)',
      'var(--x)',
      '}body{display:none',
      'x'.repeat(65),
      7,
      null,
    ])
      assert.deepEqual(readTheme({ '--support-color-text': value }), {}, String(value));
    assert.deepEqual(readTheme({ '--other': 'red', color: 'red' }), {});
    assert.deepEqual(readTheme(Object.create(fine)), {});
    assert.deepEqual(readTheme(null), {});
  });
});
