/** Path of the window that WebKitWebDriver drives; undefined: this machine has none. */
export function findMiniBrowser(): string | undefined;
/** Path of each browser that can be driven here. */
export function findEngines(): { chromium?: string; firefox?: string; webkit?: string; shell?: string };
