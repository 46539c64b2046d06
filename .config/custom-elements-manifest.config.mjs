/** Where the documentation of the elements is read from and written to. */
export default {
  globs: ['packages/elements/src/**/*.ts'],
  exclude: ['packages/elements/src/locales/**', 'packages/elements/src/**/*.styles.ts'],
  outdir: 'packages/elements',
  litelement: true,
  packagejson: false,
  dependencies: false,
  plugins: [
    {
      name: 'sorted-modules',
      // files are found in whatever order the disk answers
      packageLinkPhase: ({ customElementsManifest }) => customElementsManifest.modules.sort((a, b) => (a.path < b.path ? -1 : 1)),
    },
  ],
};
