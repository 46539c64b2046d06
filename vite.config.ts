import { defineConfig } from 'vite';
import { apart } from './.config/embed-build/apart.mjs';
import { classicScript } from './.config/embed-build/classic-script.mjs';
import { compactDecorators } from './.config/embed-build/compact-decorators.mjs';
import { fromSources } from './.config/embed-build/from-sources.mjs';
import { inlineRuntime } from './.config/embed-build/inline-runtime.mjs';
import { minifyChunks } from './.config/embed-build/minify-chunks.mjs';
import { minifyTemplates } from './.config/embed-build/minify-templates.mjs';
import { patchDependencies } from './.config/embed-build/patch-dependencies.mjs';
import { pureSchemas } from './.config/embed-build/pure-schemas.mjs';
import { quietErrors } from './.config/embed-build/quiet-errors.mjs';
import { retryImports } from './.config/embed-build/retry-imports.mjs';
import { smallZod } from './.config/embed-build/small-zod.mjs';
import { splitLocales } from './.config/embed-build/split-locales.mjs';
import { stages } from './.config/embed-build/stages.mjs';
import { writeCompressed } from './.config/embed-build/write-compressed.mjs';

/** The file behind the script tag and its hashed chunks, which find each other by relative addresses. */
export default defineConfig({
  base: './',
  plugins: [apart(), fromSources(), smallZod()],
  build: {
    outDir: 'packages/embed/dist/embed',
    emptyOutDir: false,
    copyPublicDir: false,
    target: 'es2022',
    minify: 'oxc',
    reportCompressedSize: false,
    license: { fileName: 'LICENSES.md' },
    // a library build has no preload helper, which would cost the first script 0.9 kB
    lib: { entry: { embed: 'packages/embed/src/embed.ts' }, formats: ['es'] },
    rolldownOptions: {
      // here and not above: Storybook reads this file too, and takes everything but `build`
      plugins: [
        splitLocales({ load: 'retryImport' }),
        compactDecorators(),
        patchDependencies(),
        pureSchemas(),
        minifyTemplates(),
        quietErrors(['form', 'submit', 'upload']),
        retryImports(),
        inlineRuntime(),
        minifyChunks(),
        classicScript(),
        writeCompressed(),
      ],
      output: {
        minify: true, // a library build alone keeps white space
        entryFileNames: '[name].js',
        chunkFileNames: 'c/[name]-[hash:7].js',
        comments: { legal: false },
        codeSplitting: { groups: stages() },
      },
    },
  },
});
