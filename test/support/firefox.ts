import { existsSync } from 'node:fs';
import { launch, type Browser } from 'puppeteer-core';

/** Requests of its own that a fresh profile would make. */
const extraPrefsFirefox = {
  'app.update.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
};

/** Path of this machine's Firefox; undefined: it has none. */
export function firefoxPath(): string | undefined {
  return process.env['FIREFOX'] ?? ['/usr/bin/firefox-esr', '/usr/bin/firefox'].find((file) => existsSync(file));
}

/** Starts Firefox without a window, driven over WebDriver BiDi. @param prefs of its profile, beside those that keep it quiet */
export function launchFirefox(prefs: Record<string, unknown> = {}): Promise<Browser> {
  const executablePath = firefoxPath();
  if (!executablePath) throw new Error('this machine has no Firefox');
  return launch({ browser: 'firefox', executablePath, headless: true, extraPrefsFirefox: { ...extraPrefsFirefox, ...prefs } });
}
