/**
 * `npm run build:executable [-- ARCH]`: the program as one file, dist/diskwhy-linux-ARCH, for this machine's kind or for the
 * processor that is named (x64, arm64). It is a Node with the packs and koffi's library inside
 * (https://nodejs.org/api/single-executable-applications.html).
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleExecutableStart } from './bundle.ts';
import { foreignParts } from './foreign-parts.ts';
import type { ExecutableParts } from './foreign-parts.ts';

/** Node looks for its program under these names; the fuse is turned over to say that there is one. */
const SECTION = 'NODE_SEA_BLOB';
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

const require = createRequire(import.meta.url);
const dist = path.resolve(import.meta.dirname, '../dist');
const { execPath } = process;
const arch = process.argv[2] ?? process.arch;
const file = path.join(dist, `diskwhy-linux-${arch}`);
const folder = mkdtempSync(path.join(tmpdir(), 'diskwhy-build-'));
try {
  const parts = arch === process.arch ? ownParts() : await foreignParts(arch, folder);
  const start = path.join(folder, 'start.js');
  writeFileSync(start, await bundleExecutableStart());
  const blob = path.join(folder, 'blob');
  const config = {
    main: start,
    output: blob,
    disableExperimentalSEAWarning: true,
    // What a user's NODE_OPTIONS says is not for this program.
    execArgvExtension: 'none',
    assets: {
      'start.js': start,
      'program.pack': parts.packs.program,
      'threads.pack': parts.packs.threads,
      'koffi.node': parts.koffi,
    },
  };
  const configFile = path.join(folder, 'sea.json');
  writeFileSync(configFile, JSON.stringify(config));
  execFileSync(execPath, ['--experimental-sea-config', configFile], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  rmSync(file, { force: true });
  copyFileSync(parts.node, file);
  const postject = [require.resolve('postject/dist/cli.js'), file, SECTION, blob, '--sentinel-fuse', FUSE];
  execFileSync(execPath, postject, { stdio: ['ignore', 'ignore', 'inherit'] });
  chmodSync(file, 0o755);
} finally {
  rmSync(folder, { recursive: true });
}

/** The Node that runs this script, and what was built with it. */
function ownParts(): ExecutableParts {
  return {
    node: execPath,
    koffi: require.resolve(`@koromix/koffi-linux-${arch}/linux_${arch}/koffi.node`),
    packs: { program: path.join(dist, 'program.pack'), threads: path.join(dist, 'threads.pack') },
  };
}
