import { startThemeShops } from '../test/support/theme-shops.ts';

/** Serves the example themes beside the demo, and tells the process that started this one where. */
const { url } = await startThemeShops({ embedDir: process.env.EMBED_DIR });
process.send(url);
