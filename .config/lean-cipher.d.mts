import type { Plugin as EsbuildPlugin } from 'esbuild';
import type { Plugin } from 'vite';

export const LEAN_MODULES: Readonly<Record<string, string>>;
export function leanCipher(): Plugin;
export function leanCipherForEsbuild(): EsbuildPlugin;
