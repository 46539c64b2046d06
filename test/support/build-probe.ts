import { build, type Plugin, type Rollup } from 'vite';

/** Bundles a module that exists only here, with plugins of the embed build: `outer` as that build's own, `inner` as its bundler's. */
export async function buildProbe(code: string, { outer = [], inner = [] }: { outer?: Plugin[]; inner?: Plugin[] }): Promise<string> {
  const probe: Plugin = {
    name: 'probe',
    resolveId: { order: 'pre', handler: (id: string) => (id.endsWith('probe') ? 'virtual:probe' : null) },
    load: (id: string) => (id === 'virtual:probe' ? code : null),
  };
  const output = (await build({
    configFile: false,
    logLevel: 'error',
    plugins: outer,
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: 'probe', formats: ['es'] },
      rolldownOptions: { plugins: [probe, ...inner] },
    },
  })) as Rollup.RollupOutput[];
  return output[0]!.output[0].code;
}
