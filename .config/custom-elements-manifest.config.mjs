/** Where the documentation of the elements is read from and written to. */
export default {
  globs: ['packages/elements/src/**/*.ts'],
  exclude: ['packages/elements/src/locales/**'],
  outdir: 'packages/elements',
  litelement: true,
  packagejson: false,
  dependencies: false,
};
