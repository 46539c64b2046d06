import { AsyncLocalStorage } from 'node:async_hooks';
import { spawn, spawnSync } from 'node:child_process';
import { realpathSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { node24 } from './install.mjs';

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

/** Children that are alive; ended with this process. */
const alive = new Set();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => {
    for (const child of alive) endFamily(child, signal);
    process.exit(signal === 'SIGINT' ? 130 : 143);
  });
}
process.once('exit', () => alive.forEach((child) => endFamily(child, 'SIGKILL')));

/** Processor priority (as of `nice`) of the commands that are run within. */
const priority = new AsyncLocalStorage();

/** Runs work whose commands take what the others leave of the machine. */
export const standingBack = (work) => priority.run(10, work);

function end(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // it is gone already
  }
}

/**
 * A child, its children and so on. Browsers live in process groups of their own: they are found through their parents, while these are
 * still there.
 */
function familyOf(child) {
  const { stdout = '' } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const pairs = (stdout ?? '').split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  const family = [child.pid];
  for (const pid of family) family.push(...pairs.filter(([, parent]) => parent === pid).map(([own]) => own));
  return family;
}

/** Those who stand back, and their processes that have been told. */
const back = new Map();
let watching;

/**
 * Linux shares its processors among sessions first, and the priority of a process counts within its own alone: each session that they
 * begin is told as well.
 */
function keepBack(child, niceness) {
  if (process.platform !== 'linux') return;
  back.set(child, new Set());
  watching ??= setInterval(() => {
    if (!back.size) return;
    for (const [one, told] of back)
      for (const pid of familyOf(one)) {
        if (told.has(pid)) continue;
        try {
          writeFileSync(`/proc/${pid}/autogroup`, String(niceness));
          told.add(pid);
        } catch {
          // it is gone already, or this system knows of no such thing
        }
      }
  }, 1_000).unref();
}

function endFamily(child, signal) {
  const family = familyOf(child);
  end(child, signal);
  for (const pid of family.slice(1).reverse()) {
    try {
      process.kill(pid, signal);
    } catch {
      // it is gone already
    }
  }
}

/** Environment in which `node` is Node 24 and the tools of this project come first. */
export function environment(extra = {}) {
  const folders = [path.dirname(node24()), path.join(root, 'node_modules/.bin')];
  // hundreds of short-lived processes load the same modules: a cache takes a third off each start
  const cache = { NODE_COMPILE_CACHE: path.join(root, 'node_modules/.cache/node') };
  return { ...process.env, ...cache, PATH: [...folders, process.env.PATH].join(path.delimiter), ...extra };
}

/**
 * Runs a command in a process group of its own.
 * @param {string[]} command
 * @param {{ show?: boolean, limitMinutes?: number, env?: Record<string, string>, cwd?: string }} [options] `show`: the output goes
 *   to the terminal as it comes; after `limitMinutes` the whole group is ended.
 * @returns {Promise<{ code: number, output: string }>} `code` is never 0 for a command that died or ran out of time.
 */
export function run([command, ...args], { show = false, limitMinutes = 15, env, cwd = root } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: env ?? process.env });
    alive.add(child);
    const niceness = priority.getStore();
    if (niceness && child.pid) {
      setPriority(child.pid, niceness);
      keepBack(child, niceness);
    }
    let output = '';
    const take = (stream, out) =>
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
        if (show) out.write(text);
      });
    take(child.stdout, process.stdout);
    take(child.stderr, process.stderr);
    const timer = setTimeout(() => {
      const note = `\nended after ${limitMinutes} minutes: ${[path.basename(command), ...args].join(' ')}\n`;
      output += note;
      if (show) process.stdout.write(note);
      endFamily(child, 'SIGKILL');
    }, limitMinutes * 60_000);
    const finish = (code) => {
      clearTimeout(timer);
      back.delete(child);
      // a test runner that died may have left browsers or servers behind
      end(child, 'SIGKILL');
      alive.delete(child);
      resolve({ code, output });
    };
    child.once('error', (error) => {
      output += `${error.message}\n`;
      finish(127);
    });
    child.once('exit', (code, signal) => {
      if (signal) output += `\nended by ${signal}\n`;
      // streams close late when a grandchild still holds them
      const closed = new Promise((done) => child.once('close', done));
      end(child, 'SIGTERM');
      void Promise.race([closed, new Promise((done) => setTimeout(done, 2_000).unref())]).then(() => finish(signal ? 1 : (code ?? 1)));
    });
  });
}

/** Runs a tool of node_modules under Node 24, whatever its first line says. */
export function runTool(name, args, options = {}) {
  const tool = realpathSync(path.join(root, 'node_modules/.bin', name));
  return run([node24(), tool, ...args], { ...options, env: environment(options.env) });
}

/** Runs a script under Node 24. */
export function runNode(args, options = {}) {
  return run([node24(), ...args], { ...options, env: environment(options.env) });
}
