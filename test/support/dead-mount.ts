/** A FUSE mount whose process does not answer: whatever looks into it waits until it is killed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { needsMount } from './requirements.ts';

export function needsFuse(): string | false {
  if (needsMount) return needsMount;
  try {
    statSync('/dev/fuse');
    return false;
  } catch {
    return 'needs FUSE';
  }
}

/**
 * Mounted on `path`, which is made; the process behind it holds the device and never reads from it.
 * @param subtype what it says it is: "mergerfs" for fuse.mergerfs.
 */
export async function deadMount(path: string, subtype?: string): Promise<AsyncDisposable> {
  return await fuseMount(path, ['sleep', '600'], subtype);
}

/** The same, but it says once how full it is; whoever asks more waits for ever. */
export async function halfDeadMount(path: string): Promise<AsyncDisposable> {
  return await fuseMount(path, [process.execPath, fileURLToPath(new URL('fuse-server.ts', import.meta.url))]);
}

/** @param program is given the device as descriptor 9. */
async function fuseMount(
  path: string,
  program: readonly string[],
  subtype?: string,
): Promise<AsyncDisposable> {
  mkdirSync(path);
  const type = subtype === undefined ? 'fuse' : `fuse.${subtype}`;
  const script = `exec 9<>/dev/fuse
    mount -i -t ${type} -o fd=9,rootmode=40000,user_id=0,group_id=0 dead "$0" || exit 1
    echo mounted; exec "$@"`;
  const server = spawn('sh', ['-c', script, path, ...program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(server, 'exit');
  await Promise.race([once(server.stdout, 'data'), exited]);
  return {
    [Symbol.asyncDispose]: async () => {
      // Without its process the mount answers with an error at once, and can be unmounted.
      server.kill('SIGKILL');
      await exited;
      await once(spawn('umount', ['-l', path], { stdio: 'ignore' }), 'exit');
    },
  };
}
