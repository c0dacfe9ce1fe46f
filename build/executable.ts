/**
 * `npm run build:executable [-- TARGET]`: the program as one file in dist/, for this machine's kind or for the target that
 * is named (targets.ts). It is a Node with the packs and koffi's library inside
 * (https://nodejs.org/api/single-executable-applications.html).
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleExecutableStart } from './bundle.ts';
import { addToFixups } from './mach-o-fixups.ts';
import { signAdHoc } from './mach-o-signature.ts';
import { partsFor } from './parts.ts';
import { targetNamed } from './targets.ts';

/** Node looks for its program under these names; the fuse is turned over to say that there is one. */
const SECTION = 'NODE_SEA_BLOB';
const MACHO_SEGMENT = 'NODE_SEA';
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

const require = createRequire(import.meta.url);
const { execPath } = process;
const target = targetNamed(process.argv[2] ?? process.arch);
const file = path.resolve(import.meta.dirname, '../dist', target.file);
const folder = mkdtempSync(path.join(tmpdir(), 'diskwhy-build-'));
try {
  const parts = await partsFor(target, folder);
  const start = path.join(folder, 'start.js');
  writeFileSync(start, await bundleExecutableStart());
  const blob = path.join(folder, 'blob');
  const config = {
    // Its path is in the executable: one that is the same for every build.
    main: path.basename(start),
    output: blob,
    disableExperimentalSEAWarning: true,
    // What a user's NODE_OPTIONS says is not for this program.
    execArgvExtension: 'none',
    assets: {
      'start.js': start,
      'program.pack': parts.packs.program,
      'threads.pack': parts.packs.threads,
      ...(parts.koffi === undefined ? {} : { 'koffi.node': parts.koffi }),
    },
  };
  const configFile = path.join(folder, 'sea.json');
  writeFileSync(configFile, JSON.stringify(config));
  // All versions of Node 24 write the same bytes.
  execFileSync(execPath, ['--experimental-sea-config', configFile], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  rmSync(file, { force: true });
  copyFileSync(parts.node, file);
  const postject = [require.resolve('postject/dist/cli.js'), file, SECTION, blob, '--sentinel-fuse', FUSE];
  execFileSync(execPath, [...postject, '--macho-segment-name', MACHO_SEGMENT], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (target.system === 'macos')
    writeFileSync(file, signAdHoc(addToFixups(readFileSync(file), MACHO_SEGMENT), 'diskwhy'));
  chmodSync(file, 0o755);
} finally {
  rmSync(folder, { recursive: true });
}
